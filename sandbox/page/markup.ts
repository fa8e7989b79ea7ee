/** Text that is HTML already; everything else is escaped by `markup`. */
export class Markup {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** Tagged template for HTML: values are escaped, arrays joined, null, undefined and false left out. */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(
    strings.reduce((out, string, index) => out + render(values[index - 1]) + string),
  );
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return escapeHtml(String(value));
}
