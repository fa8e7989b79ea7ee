/** Characters as people count them: an emoji of one code point is one. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** An instant as the Graph API writes it: `2026-11-24T09:15:00+0000`. */
export const graphTime = (iso: string): string => iso.replace(/(\.\d+)?Z$/, '+0000');
