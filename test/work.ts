import { randomUUID } from 'node:crypto';
import { AgencyEntity } from '../src/db/entities/agency.ts';
import { AnswerEntity } from '../src/db/entities/answer.ts';
import { AssignmentEntity, type Assignment } from '../src/db/entities/assignment.ts';
import { DeadlineEntity, type Deadline } from '../src/db/entities/deadline.ts';
import { DraftEntity, type Draft } from '../src/db/entities/draft.ts';
import { MessageEntity, type Message } from '../src/db/entities/message.ts';
import { PublicationEntity, type Publication } from '../src/db/entities/publication.ts';
import { ReturnRequestEntity, type ReturnRequest } from '../src/db/entities/return-request.ts';
import { ShortcomingEntity, type Shortcoming } from '../src/db/entities/shortcoming.ts';
import type { TestDatabase } from './postgres.ts';

const HOUR = 3_600_000;

/** What was put into the database. */
export interface WorkRows {
  messages: Message[];
  assignments: Assignment[];
  deadlines: Deadline[];
  drafts: Draft[];
  returns: ReturnRequest[];
  shortcomings: Shortcoming[];
  publications: Publication[];
}

/**
 * So many messages and the work on them, within eight days of one of the instants `around`, so that much
 * of it lies close to the bounds of months. The same each time.
 */
export async function haveWork(
  { db }: Pick<TestDatabase, 'db'>,
  around: readonly number[],
  messages: number,
): Promise<WorkRows> {
  let seed = 519;
  const below = (n: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * n);
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const later = (from: Date, hours: number) => new Date(from.getTime() + below(hours) * HOUR);
  const rows: WorkRows = {
    messages: [],
    assignments: [],
    deadlines: [],
    drafts: [],
    returns: [],
    shortcomings: [],
    publications: [],
  };
  const agencies = await db.getRepository(AgencyEntity).findBy({ isCurator: false });
  const some = agencies.slice(0, 6);
  const answers: object[] = [];

  for (let i = 0; i < messages; i++) {
    const detectedAt = new Date(pick(around) + (below(400) - 200) * HOUR);
    const status = pick(['assigned', 'answered', 'answered', 'not-relevant', 'duplicate'] as const);
    const message = {
      id: randomUUID(),
      network: 'vk',
      externalId: `-1_${i}_${around.join()}`,
      kind: 'post' as const,
      url: `https://vk.com/wall-1_${i}`,
      text: 'текст',
      photos: [],
      publishedAt: detectedAt,
      detectedAt,
      status,
      urgent: false,
      triagedAt: pick([later(detectedAt, 12), later(detectedAt, 12), null]),
      topic: pick(['roads', 'roads', 'health', 'housing', 'waste', 'education', null]),
      municipality: pick(['smolensk', 'smolensk', 'vyazemsky', 'roslavlsky', null]),
      subjectKind: pick(['complaint', 'question', 'request', 'proposal', null] as const),
    } as unknown as Message;
    rows.messages.push(message);
    if (status === 'answered') {
      const answerId = randomUUID();
      answers.push({
        id: answerId,
        sourceKey: answerId,
        messageId: message.id,
        version: 1,
        text: 'ответ',
        composedAt: detectedAt,
      });
      rows.publications.push({
        id: randomUUID(),
        messageId: message.id,
        answerId,
        guid: answerId,
        status: pick(['published', 'published', 'refused'] as const),
        manual: false,
        reservedAt: detectedAt,
        publishedAt: later(detectedAt, 60),
      } as unknown as Publication);
    }
    if (status !== 'assigned' && status !== 'answered') continue;
    const agency = pick(some);
    const receivedAt = later(detectedAt, 24);
    const assignment = {
      id: randomUUID(),
      messageId: message.id,
      agencyCode: agency.code,
      executor: agency.executor ?? '',
      receivedAt,
      status: 'open',
      reworkRounds: 0,
    } as unknown as Assignment;
    assignment.sourceKey = assignment.id;
    rows.assignments.push(assignment);
    const clock = (kind: Deadline['kind'], startedAt: Date, missed: boolean): Deadline => {
      const id = randomUUID();
      const dueAt = new Date(startedAt.getTime() + 8 * HOUR);
      const deadline = {
        id,
        sourceKey: id,
        kind,
        clause: 6,
        messageId: message.id,
        assignmentId: assignment.id,
        agencyCode: agency.code,
        executor: agency.executor,
        startedAt,
        limitDuration: 'PT8H',
        plain: false,
        dueAt,
        provisional: false,
        spent: [],
        stoppedAt: null,
        missedAt: missed ? dueAt : null,
      } as unknown as Deadline;
      rows.deadlines.push(deadline);
      return deadline;
    };
    const late = below(3) === 0;
    const first = clock('draft', receivedAt, late);
    const { dueAt } = first;
    const versions = below(3);
    for (let version = 1; version <= versions; version++) {
      const id = randomUUID();
      const submittedAt = new Date(dueAt.getTime() + (late ? 1 + below(5) : -below(6)) * HOUR);
      rows.drafts.push({
        id,
        sourceKey: id,
        assignmentId: assignment.id,
        version,
        text: 'проект',
        attachments: [],
        submittedAt,
      });
      if (version === 1) first.stoppedAt = submittedAt;
      if (version > 1) clock('rework', submittedAt, below(2) === 0);
    }
    if (below(4) === 0) {
      const id = randomUUID();
      rows.returns.push({
        id,
        sourceKey: id,
        assignmentId: assignment.id,
        grounds: 'не наша компетенция',
        returnedAt: later(receivedAt, 3),
        late: below(2) === 0,
        decision: pick(['redirect', 'refuse', 'drop', null] as const),
      } as unknown as ReturnRequest);
    }
    if (late) {
      const id = randomUUID();
      const openedAt = dueAt;
      const decision = pick(['unfounded', 'measure', 'instruction', null] as const);
      rows.shortcomings.push({
        id,
        sourceKey: id,
        kind: 'substance',
        messageId: message.id,
        assignmentId: assignment.id,
        agencyCode: agency.code,
        executor: agency.executor,
        supervisor: agency.supervisor,
        description: 'недостаток',
        openedAt,
        status: 'open',
        decision,
        decidedAt: decision && later(openedAt, 200),
      } as unknown as Shortcoming);
    }
  }
  const insert = (entity: Parameters<typeof db.getRepository>[0], list: object[]) =>
    db.getRepository(entity).insert(list);
  await insert(MessageEntity, rows.messages);
  await insert(AssignmentEntity, rows.assignments);
  await insert(DeadlineEntity, rows.deadlines);
  await insert(DraftEntity, rows.drafts);
  await insert(ReturnRequestEntity, rows.returns);
  await insert(ShortcomingEntity, rows.shortcomings);
  await insert(AnswerEntity, answers);
  await insert(PublicationEntity, rows.publications);
  return rows;
}
