import { randomUUID } from 'node:crypto';
import { createStorage } from '../../src/attachments/create-storage.ts';
import type { Database } from '../../src/db/data-source.ts';
import { AnswerEntity } from '../../src/db/entities/answer.ts';
import { ProcessError, TryLater } from '../../src/errors.ts';
import type { Network } from '../../src/networks/port.ts';
import { networksOf } from '../../src/networks/registry.ts';
import { publishAnswer } from '../../src/publish/publish-answer.ts';
import { recordPublication } from '../../src/publish/record-publication.ts';
import { aJob } from '../job.ts';

/** A message under which an answer is to be published. */
export interface Asked {
  network: string;
  externalId: string;
  messageId: string;
  /** Version of the answer, counted from 1. */
  version: number;
  answerId: string;
  tries: number;
  /** Null: not decided yet. */
  end: 'published' | 'needs-person' | 'original-gone' | null;
}

/** Thrown by a test for a process that died with its job in hand: the engine gives the job again. */
export class Died extends Error {}

/** As many jobs as a worker takes at once. */
const AT_ONCE = 32;
const AT = '2026-11-24T10:00:00Z';

/** A new version of the answer, as the curator gives it after a refusal. */
export async function answerAnew(db: Database, asked: Asked): Promise<void> {
  asked.version += 1;
  asked.answerId = randomUUID();
  await db.getRepository(AnswerEntity).insert({
    id: asked.answerId,
    sourceKey: asked.answerId,
    messageId: asked.messageId,
    version: asked.version,
    text: textOf(asked),
    composedAt: new Date(AT),
  });
}

/** No two alike: X takes a text only once. */
export const textOf = ({ externalId, version }: Asked): string =>
  `Ответ на ${externalId.replaceAll(/\W/g, '-')}, редакция ${version}.`;

/**
 * Runs the jobs of publication as the engine does: what has to wait comes again, what was refused comes
 * back with a new version, and a BPMN error that asks for a person ends it here. Each round is a process
 * of its own, which knows only the database: `restart` makes its networks.
 */
export async function publishAll(deps: {
  db: Database;
  all: readonly Asked[];
  restart: () => Network[];
  before: (asked: Asked) => void;
}): Promise<{ rounds: number }> {
  const { db, all, restart, before } = deps;
  const storage = createStorage('postgres', db);
  const record = recordPublication({ db });
  let rounds = 0;
  for (let left = all; left.length > 0; left = all.filter(({ end }) => end === null)) {
    rounds += 1;
    const publish = publishAnswer({ db, storage, networks: networksOf(...restart()) });
    await eachOf(left, async (asked) => {
      before(asked);
      asked.tries += 1;
      const { messageId, answerId } = asked;
      const job = aJob({ sourceKey: answerId });
      try {
        await publish.run({ messageId, answerId }, job);
        await record.run({ messageId, at: AT }, job);
        asked.end = 'published';
      } catch (error) {
        if (error instanceof TryLater || error instanceof Died) return;
        if (!(error instanceof ProcessError)) throw error;
        if (error.code === 'content-refused') return answerAnew(db, asked);
        asked.end = error.code as Asked['end'];
      }
    });
  }
  return { rounds };
}

/** Works on `items` in their order, so many at once. */
export async function eachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items].reverse();
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  });
  await Promise.all(hands);
}
