/** A whole number with thousands apart: `12 345`. */
export const number = (value: number): string => value.toLocaleString('ru-RU');

/** `3 сообщения`: the number with the form of the word that it asks for; forms for 1, 2 and 5. */
export function counted(
  value: number,
  [one, few, many]: readonly [string, string, string],
): string {
  const rule = new Intl.PluralRules('ru').select(value);
  return `${number(value)} ${rule === 'one' ? one : rule === 'few' ? few : many}`;
}
