import { Duration } from 'luxon';
import { plannedOnce } from '../db/client.ts';
import type { Tx } from '../db/data-source.ts';
import type { Message } from '../db/entities/message.ts';
import { letters } from './letters.ts';
import { sketch, trigrams } from './sketch.ts';

const FORGOTTEN_AT_ONCE = 100;

/**
 * The post that a message stands under, or is, by its address: networks write a comment as the post's
 * address with something behind it. Where they do not (X), each message stands for itself.
 */
export function threadOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return host + pathname.replace(/\/c(?:omment)?\/.*$/, '');
}

const REMEMBER = plannedOnce(`
insert into likeness (message_id, at, thread, trigrams, sketch) values ($1, $2, $3, $4, $5)
on conflict (message_id) do update set trigrams = excluded.trigrams, sketch = excluded.sketch`);

const FORGET = plannedOnce(`
delete from likeness where message_id in (
  select message_id from likeness where at < $1 order by at limit ${FORGOTTEN_AT_ONCE}
  for update skip locked)`);

/** Keeps what later messages are compared with, once a message is taken into work. */
export async function remember(
  tx: Tx,
  { id, url, text }: Pick<Message, 'id' | 'url' | 'text'>,
  at: Date,
): Promise<void> {
  const compared = letters(text);
  const own = trigrams(compared);
  await tx.query(REMEMBER, [id, at, threadOf(url), own, sketch(compared, own)]);
}

/** Forgets some of what is older than `window`, ISO 8601: each message taken in clears as much. */
export async function forget(tx: Tx, window: string, at: Date): Promise<void> {
  await tx.query(FORGET, [beginning(window, at)]);
}

/** When the window that ends at `at` began. */
const beginning = (window: string, at: Date): Date =>
  new Date(at.getTime() - Duration.fromISO(window).toMillis());
