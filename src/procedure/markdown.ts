/** `:` and `@` because addresses become links by themselves, `=` because it makes a heading. */
const SPECIAL = /[\\`*_{}[\]()#+\-.!|~>&<:=@]/g;
const LINE_END = /\r\n|\r|\n/;
/** It would make a block of code. */
const INDENT = /^[ \t]+/;

/** Makes `text` show as it was written when rendered as Markdown, HTML included. */
export function escapeMarkdown(text: string): string {
  return text.split(LINE_END).map(escapeLine).join('  \n');
}

/** What somebody wrote as a Markdown quotation, cut at `limit` characters with `more` behind it. */
export function quote(text: string, limit = 3_000, more = '… (сокращено)'): string {
  const letters = Array.from(text);
  const shown = letters.length > limit ? letters.slice(0, limit).join('') + more : text;
  return shown
    .split(LINE_END)
    .map((line) => `> ${escapeLine(line)}`)
    .join('  \n');
}

const escapeLine = (line: string): string =>
  line.replace(SPECIAL, (sign) => `&#${sign.charCodeAt(0)};`).replace(INDENT, '&#32;');
