import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../db/data-source.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { rowOrNull } from '../db/row-by.ts';
import { openShortcoming } from '../db/shortcomings.ts';
import { InputError } from '../errors.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { GROUNDS } from './words.ts';

const submission = z.object({
  assignment: z.uuid({ error: 'Выберите орган, в работе которого недостаток.' }),
  ground: z.enum(Object.keys(GROUNDS) as (keyof typeof GROUNDS)[], {
    error: 'Выберите основание из списка.',
  }),
  text: requiredText(2_000, 'Опишите недостаток: не менее 10 знаков.', 10),
});

/**
 * Opens the shortcoming of a fault of substance that the curator noted on the message's page, with its
 * process (clauses 12, 13). The same fault of the same assignment, sent again, is the same shortcoming,
 * unless that was withdrawn.
 * @throws InputError in Russian.
 */
export async function noteFault(
  tx: Tx,
  messageId: string,
  given: unknown,
  curator: { login: string; name: string },
  at: Date,
): Promise<Shortcoming> {
  const { assignment: assignmentId, ground, text } = readSubmission(submission, given);
  const assignment = await rowOrNull(tx, AssignmentEntity, { id: assignmentId, messageId });
  if (assignment === null) {
    throw new InputError('Это поручение относится к другому сообщению: обновите страницу.');
  }
  const { agencyCode, executor } = assignment;
  const description = `${GROUNDS[ground]}: ${text}`;
  const digest = createHash('sha256').update(description).digest('hex');
  const takenBack = { assignmentId, description, status: 'withdrawn' as const };
  const before = await tx.countBy(ShortcomingEntity, takenBack);
  const found = {
    sourceKey: `fault:page:${assignmentId}:${digest}:${before}`,
    kind: 'substance' as const,
    messageId,
    assignmentId,
    deadlineId: null,
    agencyCode,
    executor,
    description,
    openedAt: at,
    openedBy: curator.login,
  };
  return openShortcoming(tx, found, curator.name);
}
