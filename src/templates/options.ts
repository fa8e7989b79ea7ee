import { quote } from '../procedure/markdown.ts';
import type { Template } from './template.ts';

/** A template as an option of the executor's form; `text` is Markdown, to read and to copy. */
export interface TemplateOption {
  /** `id:version`. */
  value: string;
  label: string;
  text: string;
}

/** What Tasklist shows of one variable, with room to spare. */
const BUDGET = 7_500;

/** As many of the templates as a form can hold, in their order; the page has them all. */
export function templateOptions(templates: readonly Template[]): TemplateOption[] {
  const options: TemplateOption[] = [];
  let length = 2;
  for (const { id, version, title, text } of templates) {
    const option = {
      value: templateReference(id, version),
      label: title,
      text: quote(text, Infinity),
    };
    length += JSON.stringify(option).length + 1;
    if (length <= BUDGET) options.push(option);
  }
  return options;
}

/** How a form names a version of a template. */
export const templateReference = (id: string, version: number): string => `${id}:${version}`;
