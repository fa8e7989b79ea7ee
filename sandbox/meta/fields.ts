import { GraphError } from './errors.ts';

/** One wanted field: `comments.filter(stream).limit(0){id,message}`. */
export interface Field {
  name: string;
  args: Record<string, string>;
  /** Fields of what it holds; null: those that come by themselves. */
  inner: Field[] | null;
}

/** Reads the parameter `fields`; error 2500 on what is not in its form. */
export function parseFields(text: string): Field[] {
  let at = 0;
  const fields = list();
  if (at < text.length) throw syntax();
  return fields;

  function list(): Field[] {
    const found: Field[] = [];
    for (;;) {
      found.push(one());
      if (text[at] !== ',') return found;
      at += 1;
    }
  }

  function one(): Field {
    const name = word();
    const args: Record<string, string> = {};
    while (text[at] === '.') {
      at += 1;
      const key = word();
      if (text[at] !== '(') throw syntax();
      const end = text.indexOf(')', at);
      if (end < 0) throw syntax();
      args[key] = text.slice(at + 1, end);
      at = end + 1;
    }
    if (text[at] !== '{') return { name, args, inner: null };
    at += 1;
    const inner = list();
    if (text[at] !== '}') throw syntax();
    at += 1;
    return { name, args, inner };
  }

  function word(): string {
    const match = /^\w+/.exec(text.slice(at));
    if (!match) throw syntax();
    at += match[0].length;
    return match[0];
  }

  function syntax(): GraphError {
    return new GraphError(2500, `Syntax error "Unexpected character." at character ${at}: ${text}`);
  }
}

/** What an object can show, field by field; undefined leaves the field out of the answer. */
export type Shape = Record<string, (field: Field) => unknown>;

/** The wanted fields of an object, its id always; error 100 on a field it does not have. */
export function select(
  type: string,
  shape: Shape,
  fields: readonly Field[] | null,
  byDefault: string,
): Record<string, unknown> {
  const wanted = fields ?? parseFields(byDefault);
  const shown = wanted.map((field) => {
    const show = Object.hasOwn(shape, field.name) ? shape[field.name] : undefined;
    if (!show) {
      throw new GraphError(
        100,
        `Tried accessing nonexisting field (${field.name}) on node type (${type})`,
      );
    }
    return [field.name, show(field)] as const;
  });
  const id = shape['id']?.({ name: 'id', args: {}, inner: null });
  return Object.fromEntries(
    [...shown, ['id', id] as const].filter(([, value]) => value !== undefined),
  );
}
