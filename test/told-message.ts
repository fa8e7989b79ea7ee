import { randomUUID } from 'node:crypto';
import { AssignmentEntity } from '../src/db/entities/assignment.ts';
import { DeadlineEntity } from '../src/db/entities/deadline.ts';
import { MessageEntity } from '../src/db/entities/message.ts';
import { PublicationEntity } from '../src/db/entities/publication.ts';
import { openMiss } from '../src/db/missed-deadline.ts';
import { recordPassed } from '../src/db/process-path.ts';
import { ShortcomingEntity } from '../src/db/entities/shortcoming.ts';
import { anAttachment } from './attachments.ts';
import { aMessage, anAssignment, sentBack } from './builders.ts';
import { answer, draft, msk, type Stage } from './stage.ts';

const PASSED = [
  ...['claim-message', 'propose-competence', 'record-triage', 'assign-executor'],
  ...['notify-executor', 'record-draft', 'start-review-clock', 'take-draft', 'check-format'],
  ...['record-review', 'start-rework'],
];

/**
 * A message with all that a page may tell of it: a late draft of the Ministry of Transport, its shortcoming,
 * a rework that runs, a photo, an answer that the network refused. Some of it is long ago, so that no test
 * depends on the day.
 */
export async function aToldMessage(stage: Stage): Promise<{
  messageId: string;
  assignmentId: string;
  shortcomingId: string;
}> {
  const { db } = stage;
  const processInstanceKey = String(2_251_799_813_000_000 + Math.floor(Math.random() * 1e6));
  const messageId = await aMessage(stage, {
    processInstanceKey,
    text: `Яма на улице Ленина у дома 5. Когда её заделают?\n\n${'Ждём ответа. '.repeat(10)}`,
  });
  await recordPassed(
    db.manager,
    PASSED.map((elementId) => ({ processInstanceKey, elementId })),
  );
  const assignment = await anAssignment(stage, messageId, 'mintrans', '2025-11-25T14:00');
  const { id: assignmentId, draftDeadlineId } = assignment;
  await draft(db, assignmentId, 1, 'Яма будет заделана до пятницы.\n\nСпасибо за обращение.');
  await sentBack(stage, messageId, [assignmentId], 'Укажите точную дату', '2026-11-24T12:30');
  await draft(
    db,
    assignmentId,
    2,
    'Яма будет полностью заделана до 25 ноября.\n\nСпасибо за обращение.',
  );
  await db.query(
    `update draft set submitted_at = submitted_at + interval '1 hour'
     where assignment_id = $1 and version = 2`,
    [assignmentId],
  );
  await anAttachment(db, messageId, { assignmentId, uploadedBy: 'mintrans' });
  const { dueAt } = await db.getRepository(DeadlineEntity).findOneByOrFail({ id: draftDeadlineId });
  const late = { missedAt: dueAt, stoppedAt: new Date(dueAt.getTime() + 80 * 60_000) };
  await db.getRepository(DeadlineEntity).update(draftDeadlineId, late);
  await openMiss(db.manager, draftDeadlineId, dueAt);
  const answerId = await answer(db, messageId, 'Яма заделана.');
  await db.getRepository(PublicationEntity).insert({
    id: randomUUID(),
    messageId,
    answerId,
    guid: answerId,
    status: 'refused',
    reason: 'Слишком длинный текст',
    sent: { message: 'Яма заделана.' },
    received: { error: { error_code: 100 } },
    reservedAt: msk('2026-11-24T12:20'),
  });
  await db.getRepository(AssignmentEntity).update(assignmentId, { status: 'drafted' });
  await db.getRepository(MessageEntity).update(messageId, { status: 'review' });
  const key = randomUUID();
  await db.getRepository(DeadlineEntity).insert({
    id: key,
    sourceKey: key,
    kind: 'rework',
    clause: 9,
    messageId,
    assignmentId,
    agencyCode: 'mintrans',
    executor: 'mintrans',
    startedAt: msk('2026-11-25T16:00'),
    dueAt: msk('2026-11-25T17:00'),
    limitDuration: 'PT1H',
    plain: false,
    provisional: false,
    spent: [['2026-11-25T13:00:00.000Z', '2026-11-25T14:00:00.000Z']],
  });
  const { id: shortcomingId } = await db
    .getRepository(ShortcomingEntity)
    .findOneByOrFail({ messageId });
  return { messageId, assignmentId, shortcomingId };
}
