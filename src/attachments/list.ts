import type { Tx } from '../db/data-source.ts';
import { draftedAssignments } from '../db/drafted-assignments.ts';
import { AttachmentEntity, type AttachmentRow } from '../db/entities/attachment.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { rowsBy } from '../db/row-by.ts';
import { agencyOf } from '../registry/queries.ts';

const IN_ORDER: (keyof AttachmentRow)[] = ['uploadedAt', 'id'];

/** What an executor's next draft will carry (clause 7). */
export const filesOfAssignment = (tx: Tx, assignmentId: string): Promise<AttachmentRow[]> =>
  rowsBy(tx, AttachmentEntity, { assignmentId, stored: true, removedAt: null }, { by: IN_ORDER });

/** A file that the curator may put into the answer, and whose it is. */
export interface Candidate extends AttachmentRow {
  /** Short name of the agency; null: the curator's own. */
  agencyName: string | null;
}

/**
 * The files of the latest draft of every part, then the curator's own; those left out of the answer
 * are among them, with `leftOutAt` (clauses 10, 11).
 */
export async function candidates(tx: Tx, messageId: string): Promise<Candidate[]> {
  // Most answers are words only.
  const all = await rowsBy(tx, AttachmentEntity, { messageId }, { by: IN_ORDER });
  if (all.length === 0) return [];
  const assignments = await draftedAssignments(tx, messageId);
  const found: Candidate[] = [];
  for (const { id, agencyCode } of assignments) {
    const draft = await tx.findOne(DraftEntity, {
      where: { assignmentId: id },
      order: { version: 'desc' },
    });
    const files = await filesByIds(tx, draft?.attachments ?? []);
    if (files.length === 0) continue;
    const { shortName } = await agencyOf(tx, agencyCode);
    found.push(...files.map((file) => ({ ...file, agencyName: shortName })));
  }
  const own = all.filter((it) => it.assignmentId === null && it.stored && it.removedAt === null);
  return [...found, ...own.map((file) => ({ ...file, agencyName: null }))];
}

/** What the next version of the answer will carry. */
export async function filesOfAnswer(tx: Tx, messageId: string): Promise<AttachmentRow[]> {
  return (await candidates(tx, messageId)).filter(({ leftOutAt }) => leftOutAt === null);
}

/** The files of a version, in its order. */
export async function filesByIds(tx: Tx, ids: readonly string[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  const rows = await rowsBy(tx, AttachmentEntity, { id: ids });
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
}
