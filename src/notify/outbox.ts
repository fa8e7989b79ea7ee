import { In } from 'typeorm';
import { plannedOnce } from '../db/client.ts';
import type { Database } from '../db/data-source.ts';
import { OutboxAttachmentEntity, type OutboxAttachment } from '../db/entities/outbox-attachment.ts';
import type { OutboxEntry } from '../db/entities/outbox.ts';
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

const AT_ONCE = 20;
/** Longer than any channel's patience: a claim that old belonged to a process that died. */
const CLAIM_S = 300;
const FIRST_PAUSE_S = 2;
const LONGEST_PAUSE_S = 300;

/**
 * Sends what is due and returns how many notices went out. One address gets its notices in order: those
 * after one that fails wait with it, those to other addresses do not. Each try is counted before it is
 * made. When a connection is cut after the last byte nobody knows whether a notice arrived: it goes out
 * again under the same key, which is the mail's Message-ID. `signal` ends it after the tries in hand.
 */
export async function sendDue(
  db: Database,
  channels: Channels,
  signal?: AbortSignal,
): Promise<number> {
  let sent = 0;
  while (!signal?.aborted) {
    const claimed = await claim(db);
    if (claimed.length === 0) break;
    const arrived = await Promise.all(claimed.map((notice) => trySending(db, channels, notice)));
    sent += arrived.filter(Boolean).length;
  }
  return sent;
}

const CLAIM = plannedOnce(`
with head as (
  select distinct on (channel, address) id from outbox where sent_at is null
  order by channel, address, created_at, id)
update outbox set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
where id in (
  select id from outbox join head using (id)
  where sent_at is null and next_attempt_at <= now()
  order by created_at limit $2 for update of outbox skip locked)
returning id, key, channel, address, subject, body, payload, attempts,
  exists (select from outbox_attachment where outbox_id = outbox.id) as "hasFiles"`);

const SENT = plannedOnce('update outbox set sent_at = now(), last_error = null where id = $1');

/** The first unsent notice of each address, if it is due. */
async function claim(db: Database): Promise<Notice[]> {
  const [claimed] = await db.query<[(Claimed & { hasFiles: boolean })[], number]>(CLAIM, [
    CLAIM_S,
    AT_ONCE,
  ]);
  const withFiles = claimed.filter(({ hasFiles }) => hasFiles);
  const files = withFiles.length === 0 ? [] : await filesOf(db, withFiles);
  return claimed.map((notice) => ({
    ...notice,
    attachments: files.filter(({ outboxId }) => outboxId === notice.id),
  }));
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
