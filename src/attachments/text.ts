import type { AttachmentRow } from '../db/entities/attachment.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';

/** Tasklist cuts long variables: as many names as surely fit. */
const NAMES = 5;
const LONGEST_NAME = 32;

/** How many files and their names, as Markdown for forms. */
export function filesText(files: readonly Pick<AttachmentRow, 'name'>[]): string {
  if (files.length === 0) return 'Фото и видео: нет.';
  return `Фото и видео: ${files.length} (${namesText(files.map(({ name }) => name))}).`;
}

/** Names of files as Markdown, the longest list cut. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, NAMES).map((name) => `«${escapeMarkdown(shortened(name))}»`);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`ещё ${more}`] : [])].join(', ');
}

function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}
