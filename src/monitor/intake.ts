import type { Tx } from '../db/data-source.ts';
import type { FoundPost } from '../networks/port.ts';
import { messageId } from './message-id.ts';
import { storable } from './text.ts';

/** Rows and characters a statement takes at most: keeps memory bounded with the longest texts. */
const ROWS = 2_000;
const CHARACTERS = 8_000_000;

/**
 * Stores what was found, each network object once, and queues the start of its process in the same
 * statement (clause 2). An object that was published by us as an answer is not taken in; one that replies
 * to an answer of ours, or stands after it in the thread that the answered message heads, refers to that
 * message. `seen` counts those that were there already or are ours.
 */
export async function takeIn(
  db: Pick<Tx, 'query'>,
  found: readonly FoundPost[],
  detectedAt: Date,
): Promise<{ stored: number; seen: number }> {
  let stored = 0;
  for (const rows of batches(found.map(toRow))) {
    const [result] = await db.query<{ stored: number }[]>(STORE, [
      JSON.stringify(rows),
      detectedAt,
    ]);
    stored += result?.stored ?? 0;
  }
  return { stored, seen: found.length - stored };
}

/**
 * Sorted, so that two monitors never wait for each other's rows crosswise. A start that is there already
 * is left from a message that was removed: it begins anew.
 */
const STORE = `
with found as (
  select * from json_to_recordset($1) as f (
    id uuid, network text, external_id text, kind text, url text, author_name text,
    author_url text, text text, photos jsonb, published_at timestamptz, in_reply_to text,
    in_thread_of text)
), stored as (
  insert into message (id, network, external_id, kind, url, author_name, author_url, text, photos,
    published_at, detected_at, follow_up_of)
  select id, network, external_id, kind, url, author_name, author_url, text, photos, published_at,
    $2::timestamptz, case when coalesce(in_reply_to, in_thread_of) is not null then coalesce(
      (select p.message_id from publication p join message m on m.id = p.message_id
       where p.external_id in (f.in_reply_to, f.in_thread_of) and m.network = f.network
         and p.status = 'published' limit 1),
      (select p.message_id from publication p join message m on m.id = p.message_id
       where m.external_id = f.in_thread_of and m.network = f.network
         and p.status = 'published' and p.reserved_at < f.published_at limit 1))
    end
  from found f
  where not exists (
    select from publication p join message m on m.id = p.message_id
    where p.external_id = f.external_id and m.network = f.network)
  order by network, external_id
  on conflict do nothing
  returning id
), started as (
  insert into process_start (message_name, correlation_key, variables)
  select 'message-detected', id, jsonb_build_object('messageId', id) from stored
  on conflict (message_name, correlation_key) do update set published_at = null, confirmed_at = null
)
select count(*)::int as stored from stored`;

function toRow(post: FoundPost) {
  return {
    id: messageId(post.network, post.externalId),
    network: post.network,
    external_id: post.externalId,
    kind: post.kind,
    url: storable(post.url),
    author_name: post.authorName === null ? null : storable(post.authorName),
    author_url: post.authorUrl === null ? null : storable(post.authorUrl),
    text: storable(post.text),
    photos: post.photos.map(storable),
    published_at: post.publishedAt,
    in_reply_to: post.inReplyTo ?? null,
    in_thread_of: post.inThreadOf ?? null,
  };
}

type Row = ReturnType<typeof toRow>;

function* batches(rows: readonly Row[]): Generator<Row[]> {
  let batch: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    batch.push(row);
    characters += row.text.length;
    if (batch.length < ROWS && characters < CHARACTERS) continue;
    yield batch;
    [batch, characters] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
