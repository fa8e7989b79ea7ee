import { randomUUID } from 'node:crypto';
import { filesOfAssignment } from '../attachments/list.ts';
import type { Tx } from '../db/data-source.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import { DraftEntity, type Draft } from '../db/entities/draft.ts';
import { insertFirst } from '../db/once.ts';
import { rowBy, rowOrNull, rowsBy } from '../db/row-by.ts';
import type { Last } from '../db/transaction.ts';

export const DRAFT_MISSING = 'Напишите проект ответа.';

/**
 * Keeps a draft, with the files added to it by now, as the next version of its assignment (clause 7). A
 * step: nobody else changes versions or files meanwhile.
 */
export async function addDraft(
  tx: Tx,
  last: Last,
  draft: Pick<Draft, 'sourceKey' | 'assignmentId' | 'text' | 'submittedAt'>,
): Promise<{ draft: Draft; assignment: Assignment }> {
  const [assignment, known, versions, files] = await Promise.all([
    rowBy(tx, AssignmentEntity, { id: draft.assignmentId }),
    rowOrNull(tx, DraftEntity, { sourceKey: draft.sourceKey }),
    rowsBy(tx, DraftEntity, { assignmentId: draft.assignmentId }),
    filesOfAssignment(tx, draft.assignmentId),
  ]);
  if (known !== null) return { draft: known, assignment };
  const made: Draft = {
    id: randomUUID(),
    version: versions.length + 1,
    attachments: files.map(({ id }) => id),
    ...draft,
  };
  last(insertFirst(tx, DraftEntity, made));
  return { draft: made, assignment };
}
