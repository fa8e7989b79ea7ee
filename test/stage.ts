import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { createAttachmentLinks, type AttachmentLinks } from '../src/attachments/links.ts';
import { createStorage } from '../src/attachments/create-storage.ts';
import type { AttachmentStorage } from '../src/attachments/storage.ts';
import { loadProductionYears } from '../src/calendar/calendar.ts';
import type { Database } from '../src/db/data-source.ts';
import { AgencyEntity } from '../src/db/entities/agency.ts';
import { AnswerEntity } from '../src/db/entities/answer.ts';
import { AssignmentEntity } from '../src/db/entities/assignment.ts';
import { DeadlineEntity, type Deadline } from '../src/db/entities/deadline.ts';
import { DraftEntity } from '../src/db/entities/draft.ts';
import { MessageEntity, type Message } from '../src/db/entities/message.ts';
import { OutboxEntryEntity, type OutboxEntry } from '../src/db/entities/outbox.ts';
import type { Handler } from '../src/engine/worker.ts';
import { createNetworks, type Networks } from '../src/networks/registry.ts';
import { readSecrets } from '../src/networks/secrets.ts';
import { readNetworkSettings } from '../src/networks/settings.ts';
import type { NetworkSetup } from '../src/networks/setup.ts';
import { createCalendars, type Calendars } from '../src/registry/calendars.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { aJob } from './job.ts';
import { testDatabase } from './postgres.ts';

const REGION = join(import.meta.dirname, '..', 'region');

/** What handlers of the later stages are tried on: the demo region in a database of its own. */
export interface Stage {
  db: Database;
  calendars: Calendars;
  /** The demo region's, without tokens. */
  networks: Networks;
  /** As it is where nothing is amiss: what the demo region switches on has its keys. */
  networkSetup: NetworkSetup;
  pageLink: (messageId: string) => string;
  shortcomingLink: (shortcomingId: string) => string;
  attachmentLink: AttachmentLinks['link'];
  templatesLink: string;
  /** In the database. */
  storage: AttachmentStorage;
  reportLink: (month: string) => string;
  urgentLink: (urgentReportId: string) => string;
  /** Runs a job twice, as after a lost answer: the second run gives the same and changes nothing. */
  twice(handler: Handler, variables: object, sourceKey?: string): Promise<unknown>;
  /** What a job throws. */
  failure(handler: Handler, variables: object): Promise<unknown>;
  mail(): Promise<OutboxEntry[]>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const database = await testDatabase();
  const { db } = database;
  await importRegion(db, await regionIn(join(REGION, 'smolensk')));
  const calendars = createCalendars(loadProductionYears(join(REGION, 'calendar')));
  const settings = await readNetworkSettings(join(REGION, 'smolensk', 'networks.yaml'), {});
  const networks = createNetworks(settings, readSecrets({}));
  const job = (sourceKey: string) => aJob({ sourceKey });
  return {
    db,
    calendars,
    networks,
    networkSetup: { vk: 'read', ok: 'read', facebook: 'off', instagram: 'off', x: 'off' },
    pageLink: (messageId) => `http://otklik.example/messages/${messageId}`,
    shortcomingLink: (id) => `http://otklik.example/shortcomings/${id}`,
    attachmentLink: createAttachmentLinks('http://otklik.example', 'a secret of sixteen').link,
    templatesLink: 'http://otklik.example/templates',
    storage: createStorage('postgres', db),
    reportLink: (month) => `http://otklik.example/reports/${month}`,
    urgentLink: (id) => `http://otklik.example/urgent/${id}`,
    async twice(handler, variables, sourceKey = randomUUID()) {
      const output = await handler.run(variables, job(sourceKey));
      const after = await everything(db);
      expect(await handler.run(variables, job(sourceKey))).to.deep.equal(output);
      expect(await everything(db)).to.deep.equal(after);
      return output;
    },
    failure: (handler, variables) =>
      handler.run(variables, job(randomUUID())).then(
        () => expect.fail('nothing was thrown'),
        (error: unknown) => error,
      ),
    mail: () => db.getRepository(OutboxEntryEntity).find({ order: { createdAt: 'asc' } }),
    close: () => database.close(),
  };
}

/** An instant by the clock of Moscow: `2026-11-24T18:00`. */
export const msk = (text: string): Date =>
  DateTime.fromISO(text, { zone: 'Europe/Moscow' }).toJSDate();

/** The same as the engine's `now()` writes it. */
export const engineTime = (text: string): string => `${msk(text).toISOString()}[Etc/UTC]`;

export interface Drafted {
  messageId: string;
  /** In the order of `drafts`. */
  assignments: string[];
}

/** A message whose parts have arrived: `drafts` are texts by agency code. */
export async function drafted(
  db: Database,
  drafts: Record<string, string>,
  over: Partial<Message> = {},
): Promise<Drafted> {
  const messageId = randomUUID();
  await db.getRepository(MessageEntity).insert({
    id: messageId,
    network: 'vk',
    externalId: messageId,
    kind: 'post',
    url: 'https://vk.com/wall-1_20',
    text: 'Когда заделают яму на улице Ленина?',
    photos: [],
    publishedAt: msk('2026-11-24T09:00'),
    detectedAt: msk('2026-11-24T09:05'),
    status: 'assigned',
    urgent: false,
    topic: 'roads',
    ...over,
  });
  const assignments: string[] = [];
  for (const [agencyCode, text] of Object.entries(drafts)) {
    const { executor } = await db.getRepository(AgencyEntity).findOneByOrFail({ code: agencyCode });
    const id = randomUUID();
    await db.getRepository(AssignmentEntity).insert({
      id,
      sourceKey: id,
      messageId,
      agencyCode,
      executor: executor ?? '',
      receivedAt: new Date(msk('2026-11-24T10:00').getTime() + assignments.length * 1000),
      status: 'drafted',
      reworkRounds: 0,
    });
    await draft(db, id, 1, text);
    assignments.push(id);
  }
  return { messageId, assignments };
}

export async function draft(
  db: Database,
  assignmentId: string,
  version: number,
  text: string,
): Promise<void> {
  const id = randomUUID();
  const submittedAt = msk('2026-11-24T12:00');
  await db
    .getRepository(DraftEntity)
    .insert({ id, sourceKey: id, assignmentId, version, text, submittedAt });
}

/** A version of the answer; gives its id. */
export async function answer(
  db: Database,
  messageId: string,
  text = 'Яма заделана.',
): Promise<string> {
  const id = randomUUID();
  const version = 1 + (await db.getRepository(AnswerEntity).countBy({ messageId }));
  const composedAt = msk('2026-11-24T12:10');
  await db
    .getRepository(AnswerEntity)
    .insert({ id, sourceKey: id, messageId, version, text, composedAt });
  return id;
}

/** A clock on a message; gives its id. */
export async function clock(
  db: Database,
  messageId: string,
  over: Partial<Deadline> & Pick<Deadline, 'kind' | 'agencyCode' | 'dueAt'>,
): Promise<string> {
  const id = randomUUID();
  await db.getRepository(DeadlineEntity).insert({
    id,
    sourceKey: id,
    clause: 6,
    messageId,
    startedAt: msk('2026-11-24T10:00'),
    limitDuration: 'PT8H',
    plain: false,
    provisional: false,
    spent: [],
    ...over,
  });
  return id;
}

async function everything(db: Database): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const { tableName } of db.entityMetadatas) {
    rows[tableName] = await db.query(`select * from ${tableName} t order by t::text`);
  }
  return rows;
}
