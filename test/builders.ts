import { randomUUID } from 'node:crypto';
import { MessageEntity, type Message } from '../src/db/entities/message.ts';
import { ReviewDecisionEntity } from '../src/db/entities/review-decision.ts';
import { assignExecutor } from '../src/prepare/assign-executor.ts';
import { aJob } from './job.ts';
import { answer, engineTime, msk, type Stage } from './stage.ts';

/** A message as the monitor leaves it; gives its id. */
export async function aMessage(stage: Stage, over: Partial<Message> = {}): Promise<string> {
  const id = randomUUID();
  await stage.db.getRepository(MessageEntity).insert({
    id,
    network: 'vk',
    externalId: id,
    kind: 'post',
    url: `https://vk.com/wall-1_${id}`,
    authorName: 'Иван Петров',
    authorUrl: 'https://vk.com/id7',
    text: 'Когда заделают яму на улице Ленина?',
    photos: [],
    publishedAt: msk('2026-11-24T09:00'),
    detectedAt: msk('2026-11-24T09:05'),
    status: 'detected',
    urgent: false,
    ...over,
  });
  return id;
}

/** What `assign-executor` gives to the process. */
export interface GivenAssignment {
  id: string;
  agency: string;
  agencyName: string;
  executor: string;
  executorPost: string;
  receivedAt: string;
  returnDeadlineId: string;
  returnDueAt: string;
  returnDueText: string;
  draftDeadlineId: string;
  warnAt: string;
  dueAt: string;
  dueText: string;
}

/** An assignment of `agencyCode` received at `at`, by the clock of Moscow. */
export async function anAssignment(
  stage: Stage,
  messageId: string,
  agencyCode = 'minzdrav',
  at = '2026-11-24T10:00',
): Promise<GivenAssignment> {
  const job = aJob();
  const variables = { messageId, agencyCode, at: engineTime(at) };
  const output = await assignExecutor(stage).run(variables, job);
  return (output as { assignment: GivenAssignment }).assignment;
}

/** The curator sent these assignments of a message back with `remarks`. */
export async function sentBack(
  stage: Stage,
  messageId: string,
  assignments: string[],
  remarks: string,
  at = '2026-11-24T14:00',
): Promise<void> {
  const id = randomUUID();
  await stage.db.getRepository(ReviewDecisionEntity).insert({
    id,
    sourceKey: id,
    messageId,
    answerId: await answer(stage.db, messageId),
    decision: 'rework',
    remarks,
    reworkAssignments: assignments,
    decidedAt: msk(at),
  });
}
