/**
 * Text as PostgreSQL can keep it: without NUL characters, and with halves of surrogate pairs replaced.
 * Every text from a network goes through here, so that stored and read texts can be compared.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
