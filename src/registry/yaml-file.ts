import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Fault, Path } from './fault.ts';
import { explainSyntax } from './yaml-syntax.ts';

/** A file that was read; `faults` says why `value` cannot be used. */
export interface YamlFile {
  value: unknown;
  faults: Fault[];
  /** The line of what `path` leads to; of the nearest thing around it if there is no such thing. */
  at(path: Path): { line: number; column: number };
}

/** Reads a YAML file; what is wrong with it is a fault of the file, never an exception. */
export async function readYaml(file: string): Promise<YamlFile> {
  const start = { line: 1, column: 1 };
  const unreadable = (message: string): YamlFile => ({
    value: undefined,
    faults: [{ file, ...start, message }],
    at: () => start,
  });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) {
      return unreadable('файл не в той кодировке; допустимо: UTF-8');
    }
    return unreadable('файл не найден или не читается; допустимо: файл с этим именем в папке');
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const faults = document.errors.map(({ code, pos }) => ({
    file,
    ...place(pos[0]),
    message: explainSyntax(code),
  }));
  if (faults.length > 0) return { value: undefined, faults, at: () => start };
  return {
    value: document.toJS() as unknown,
    faults,
    at: (path) => place(offsetOf(document, path)),
  };
}

/** Where the field or the list item at `path` begins. */
function offsetOf(document: Document, path: Path): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let found: unknown;
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (!pair) return offset;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      found = pair.value;
    } else if (isSeq(node)) {
      found = node.items[Number(step)];
      offset = isNode(found) ? (found.range?.[0] ?? offset) : offset;
    }
    if (!isNode(found)) return offset;
    node = found;
  }
  return offset;
}
