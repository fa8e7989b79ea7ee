import { strFromU8, unzipSync } from 'fflate';

/** The parts of an office file that are text, by name. */
export function officeParts(file: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    Object.entries(unzipSync(file))
      .filter(([name]) => /\.(xml|rels)$/.test(name))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

/** What a Word document says, a line for each paragraph; spaces as they are typed. */
export const wordText = (file: Uint8Array): string =>
  [...bodyOf(file).matchAll(/<w:p[ >].*?<\/w:p>/gs)]
    .map(([paragraph]) => textIn(paragraph))
    .join('\n');

/** Its tables: rows of cells; spaces as they are typed. */
export const wordTables = (file: Uint8Array): string[][][] =>
  [...bodyOf(file).matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
    [...table.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) =>
      [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => textIn(cell)),
    ),
  );

const bodyOf = (file: Uint8Array): string => officeParts(file)['word/document.xml'] ?? '';

const textIn = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text)
    .join('')
    .replaceAll('\u00AD', '')
    .replaceAll('\u00A0', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
