import { unzipSync, zipSync, type Zippable } from 'fflate';

/** Local fields, as ZIP keeps them: the same bytes in every time zone. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Packs the parts of an office file again, in order of name and without the time of packing, so that
 * the same content gives the same bytes; `rewrite` may change the text of a part.
 */
export function sameZip(
  file: Uint8Array,
  rewrite: (name: string, text: string) => string = (_, text) => text,
): Buffer {
  const parts = unzipSync(file);
  const packed: Zippable = {};
  // [Content_Types].xml comes first, where readers look for it.
  for (const name of Object.keys(parts).sort()) {
    const part = parts[name];
    if (part === undefined || name.endsWith('/')) continue;
    packed[name] = /\.(xml|rels)$/.test(name)
      ? [Buffer.from(rewrite(name, Buffer.from(part).toString('utf8'))), { level: 3 }]
      : [part, { level: 0 }];
  }
  return Buffer.from(zipSync(packed, { mtime: EPOCH }));
}
