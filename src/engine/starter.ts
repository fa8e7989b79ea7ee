import { plannedOnce } from '../db/client.ts';
import type { Database } from '../db/data-source.ts';
import type { ProcessStart } from '../db/entities/process-start.ts';
import { log } from '../log.ts';
import type { Engine } from './client.ts';

/** A start that is not confirmed is published again after this long; its first job sorts out doubles. */
const AGAIN_AFTER_S = 30;
/** As many as a broker takes at once while it has other work. */
export const STARTS_AT_ONCE = 50;
/** How long the application waits between two looks at the queue. */
export const STARTS_EVERY_MS = 500;
/** A message that a process waits for may come before it does; it starts none. Less than the next try. */
const KEPT_MS = 20_000;

/**
 * Publishes queued process starts to the engine, each until its process confirms it. Returns how
 * many were published; those that a busy engine turned down are due again at once. The message carries
 * its key as `messageId`, so that a doubled publication is dropped by the engine while the first is in
 * hand; the time to live of a start is zero, since a buffered one would begin a second process when the
 * first ends.
 */
export async function publishStarts(db: Database, engine: Engine): Promise<number> {
  const due = await claimDue(db);
  const outcomes = await Promise.allSettled(
    due.map((start) =>
      engine.publishMessage({
        name: start.messageName,
        correlationKey: start.correlationKey,
        messageId: `${start.messageName}:${start.correlationKey}`,
        timeToLive: start.messageName === 'original-settled' ? KEPT_MS : 0,
        variables: start.variables as never,
      }),
    ),
  );
  const errors = outcomes.map((it) => (it.status === 'rejected' ? (it.reason as unknown) : null));
  const turnedDown = due.filter((_, index) => isTurnedDown(errors[index]));
  if (turnedDown.length > 0) await putBack(db, turnedDown);
  const failure = errors.find((error) => error !== null && !isTurnedDown(error));
  if (failure) throw failure as Error;
  const count = due.length - turnedDown.length;
  if (due.length > 0) {
    log.debug({ count, turnedDown: turnedDown.length }, 'process starts published');
  }
  return count;
}

/** gRPC's "resource exhausted": the engine has its hands full and took nothing. */
const isTurnedDown = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: number }).code === 8;

type DueStart = Pick<ProcessStart, 'messageName' | 'correlationKey' | 'variables'>;

const CLAIM = plannedOnce(`
update process_start set published_at = now(), attempts = attempts + 1
where (message_name, correlation_key) in (
  select message_name, correlation_key from process_start
  where confirmed_at is null
    and (published_at is null or published_at < now() - make_interval(secs => $1))
  order by created_at limit $2 for update skip locked)
returning message_name as "messageName", correlation_key as "correlationKey", variables`);

/** Marks what is due as published before it is: whoever dies in between is followed by another try. */
async function claimDue(db: Database): Promise<DueStart[]> {
  const [rows] = await db.query<[DueStart[], number]>(CLAIM, [AGAIN_AFTER_S, STARTS_AT_ONCE]);
  return rows;
}

async function putBack(db: Database, starts: readonly DueStart[]): Promise<void> {
  await db.query(
    `update process_start set published_at = null
     where confirmed_at is null and (message_name, correlation_key) in (
       select * from unnest($1::text[], $2::text[]))`,
    [
      starts.map(({ messageName }) => messageName),
      starts.map(({ correlationKey }) => correlationKey),
    ],
  );
}
