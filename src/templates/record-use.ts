import type { Tx } from '../db/data-source.ts';
import { InputError } from '../errors.ts';

const REFERENCE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,6})$/i;

/**
 * Notes that a draft was made with a version of a template, once for a draft. Returns the template's
 * title.
 * @throws InputError in Russian when there is no such version.
 */
export async function recordTemplateUse(
  tx: Tx,
  reference: string,
  use: { draftId: string; usedBy: string; usedAt: Date },
): Promise<string> {
  const [, id, version] = REFERENCE.exec(reference) ?? [];
  const [found] =
    id === undefined
      ? []
      : await tx.query<{ title: string }[]>(
          'select title from answer_template_version where template_id = $1 and version = $2',
          [id, Number(version)],
        );
  if (!found) throw new InputError('Шаблон указан неверно: выберите его из списка.');
  await tx.query(
    `insert into template_use (draft_id, template_id, version, used_by, used_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [use.draftId, id, Number(version), use.usedBy, use.usedAt],
  );
  return found.title;
}
