/** The beginning of a text in one line, at most `most` characters and a sign that there is more. */
export function excerptLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'Без текста';
  const letters = Array.from(line);
  return letters.length <= most ? line : `${letters.slice(0, most).join('').trimEnd()}…`;
}
