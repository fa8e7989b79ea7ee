import { In } from 'typeorm';
import { plannedOnce } from '../db/client.ts';
import type { Database } from '../db/data-source.ts';
import { OutboxAttachmentEntity, type OutboxAttachment } from '../db/entities/outbox-attachment.ts';
import type { OutboxEntry } from '../db/entities/outbox.ts';
import { groupBy } from '../group-by.ts';
import { log } from '../log.ts';
import { isMailAway } from './mail-away.ts';

/** What a channel sends; `key` lets the other side tell a repeated notice apart. */
export type Notice = Pick<
  OutboxEntry,
  'id' | 'key' | 'channel' | 'address' | 'subject' | 'body' | 'payload' | 'attempts'
> & { attachments: Pick<OutboxAttachment, 'name' | 'type' | 'content'>[] };
type Claimed = Omit<Notice, 'attachments'>;
/** Sends a notice; throws when it is not known to have arrived. */
export type Channel = (notice: Notice) => Promise<void>;
export type Channels = Record<OutboxEntry['channel'], Channel>;

/** Addresses. A channel has as many connections, so that none waits for another. */
export const AT_ONCE = 10;
/** Of one address. */
const IN_A_ROW = 5;
/** An older claim is that of a process that died. */
const CLAIM_S = 300;
/** The part of a claim in which a try may begin; the rest is longer than any channel's patience. */
const BEGIN_WITHIN = 1 / 3;
const FIRST_PAUSE_S = 2;
const LONGEST_PAUSE_S = 300;

/**
 * Sends what is due and returns how many notices went out. One address gets its notices in order: those
 * after one that fails wait with it, those to other addresses do not. Each try is counted before it is
 * made. When a connection is cut after the last byte nobody knows whether a notice arrived: it goes out
 * again under the same key, which is the mail's Message-ID. `signal` ends it after the tries in hand.
 * After `claimS` seconds others take a notice for one whose sender has died.
 */
export async function sendDue(
  db: Database,
  channels: Channels,
  signal?: AbortSignal,
  claimS = CLAIM_S,
): Promise<number> {
  let sent = 0;
  while (!signal?.aborted) {
    const until = performance.now() + claimS * 1000 * BEGIN_WITHIN;
    const lines = await claim(db, claimS);
    if (lines.length === 0) break;
    const mayBegin = () => !signal?.aborted && performance.now() < until;
    const arrived = await Promise.all(
      lines.map((line) => sendInOrder(db, channels, line, mayBegin)),
    );
    sent += arrived.reduce((all, some) => all + some, 0);
  }
  return sent;
}

/** Only the first of each address is locked: whoever has it has those after it. */
const CLAIM = plannedOnce(`
with line as (
  select id, channel, address,
    row_number() over (partition by channel, address order by created_at, id) as place
  from outbox where sent_at is null),
due as (
  select line.channel, line.address from outbox join line using (id)
  where place = 1 and sent_at is null and next_attempt_at <= now()
  order by created_at limit $2 for update of outbox skip locked),
claimed as (
  update outbox set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
  where id in (select id from line join due using (channel, address) where place <= $3)
  returning id, key, channel, address, subject, body, payload, attempts, created_at)
select id, key, channel, address, subject, body, payload, attempts,
  exists (select from outbox_attachment where outbox_id = claimed.id) as "hasFiles"
from claimed order by channel, address, created_at, id`);

const RELEASE = `update outbox set attempts = attempts - 1, next_attempt_at = now()
where id = any($1) and sent_at is null`;

const SENT = plannedOnce('update outbox set sent_at = now(), last_error = null where id = $1');

/** The first unsent notices of each address whose first one is due, address by address. */
async function claim(db: Database, claimS: number): Promise<Notice[][]> {
  const claimed = await db.query<(Claimed & { hasFiles: boolean })[]>(CLAIM, [
    claimS,
    AT_ONCE,
    IN_A_ROW,
  ]);
  const withFiles = claimed.filter(({ hasFiles }) => hasFiles);
  const files = withFiles.length === 0 ? [] : await filesOf(db, withFiles);
  const notices = claimed.map((notice) => ({
    ...notice,
    attachments: files.filter(({ outboxId }) => outboxId === notice.id),
  }));
  return [...groupBy(notices, ({ channel, address }) => `${channel} ${address}`).values()];
}

/** How many of the notices to one address went out, up to the first that did not. */
async function sendInOrder(
  db: Database,
  channels: Channels,
  line: readonly Notice[],
  mayBegin: () => boolean,
): Promise<number> {
  let sent = 0;
  for (const [index, notice] of line.entries()) {
    const arrived = await trySending(db, channels, notice);
    if (arrived) sent += 1;
    const rest = line.slice(index + 1);
    if (rest.length > 0 && (!arrived || !mayBegin())) {
      await db.query(RELEASE, [rest.map(({ id }) => id)]);
      break;
    }
  }
  return sent;
}

const filesOf = (db: Database, notices: readonly Claimed[]): Promise<OutboxAttachment[]> =>
  db.getRepository(OutboxAttachmentEntity).find({
    where: { outboxId: In(notices.map(({ id }) => id)) },
    order: { ordinal: 'ASC' },
  });

async function trySending(db: Database, channels: Channels, notice: Notice): Promise<boolean> {
  const { id, key, channel, attempts } = notice;
  try {
    await channels[channel](notice);
  } catch (error) {
    const reason = reasonOf(error);
    await db.query(
      `update outbox set last_error = $2, next_attempt_at = now() + make_interval(secs => $3)
       where id = $1 and sent_at is null`,
      [id, reason, pauseS(attempts)],
    );
    // That the mail server is away is said once, for all notices.
    const level = isMailAway(error) ? 'debug' : 'warn';
    log[level]({ key, channel, attempts, reason }, 'notice not sent, will try again');
    return false;
  }
  await db.query(SENT, [id]);
  return true;
}

/** `fetch` puts what happened into the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Doubles with each try, with jitter. */
function pauseS(attempts: number): number {
  const ceiling = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(attempts - 1, 10));
  return ceiling * (0.5 + Math.random() / 2);
}
