import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { takeIn } from '../src/monitor/intake.ts';
import { messageId } from '../src/monitor/message-id.ts';
import type { FoundPost } from '../src/networks/port.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';
import { withPostgres } from './postgres.ts';

const ROWS = 1_000_000;
const PART = 100_000;
/** As many posts as a statement takes. */
const PAGE = 2_000;
/** Sources of a network that are read at the same time. */
const SOURCES = 4;
/** Of three posts one was seen before. */
const NEW_OF_PAGE = Math.round((PAGE * 2) / 3);
const UNIT = 'posts/s';

/**
 * Posts taken in: checked, told from those seen before, stored with their process start queued, page
 * after page, up to a million rows; beside a COPY of the same rows into a table of
 * the same columns and indexes on the same server, part by part in turns.
 */
export async function intakeLines(): Promise<Line[]> {
  const parts = await withPostgres(measure);
  const total = (of: (part: Part) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  const posts = total((part) => part.posts);
  const ours = posts / total((part) => part.oursS);
  const theirs = posts / total((part) => part.copyS);
  const rate = ({ posts: count, oursS }: Part) => count / oursS;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  return [
    {
      name: 'intake',
      value: round(ours),
      unit: UNIT,
      ratio: round(ours / theirs),
      against: `COPY: ${round(theirs)} ${UNIT}`,
      note: `${posts} posts in pages of ${PAGE} from ${SOURCES} sources at once, a third seen before; ${ROWS} rows stored`,
    },
    {
      name: 'intake, the last 100,000 rows',
      value: round(rate(last)),
      unit: UNIT,
      ratio: round(rate(last) / rate(first)),
      against: `the first 100,000: ${round(rate(first))} ${UNIT}`,
      note: 'the same, by the size of the table',
    },
  ];
}

/** What a part of the rows took, in seconds. */
interface Part {
  posts: number;
  oursS: number;
  copyS: number;
}

async function measure(databaseUrl: string): Promise<Part[]> {
  const db = await openDatabase(databaseUrl);
  const copying = new pg.Client({ connectionString: databaseUrl });
  await copying.connect();
  try {
    await copying.query('create table copied (like message including all)');
    const parts: Part[] = [];
    for (let from = 0; from < ROWS; from += PART) {
      const fresh = newPosts(from, PART);
      const pages = [...pagesOf(fresh, from)];
      const rows = pages.flat().filter(isNew(fresh)).map(copyRow);
      const oursS = await seconds(async () => {
        const queue = pages.values();
        await Promise.all(Array.from({ length: SOURCES }, () => takeInAll(db, queue)));
      });
      const copyS = await seconds(() => copy(copying, rows));
      parts.push({ posts: pages.flat().length, oursS, copyS });
    }
    return parts;
  } finally {
    await copying.end();
    await db.destroy();
  }
}

async function takeInAll(db: Database, pages: Iterable<FoundPost[]>): Promise<void> {
  for (const page of pages) await takeIn(db, page, page.at(-1)!.publishedAt);
}

/** Pages of new posts, each with some that an earlier page had. */
function* pagesOf(fresh: readonly FoundPost[], from: number): Generator<FoundPost[]> {
  for (let at = 0; at < fresh.length; at += NEW_OF_PAGE) {
    const news = fresh.slice(at, at + NEW_OF_PAGE);
    const seenFrom = Math.max(0, from + at - NEW_OF_PAGE);
    yield [...newPosts(seenFrom, Math.min(PAGE - NEW_OF_PAGE, from + at)), ...news];
  }
}

const isNew = (fresh: readonly FoundPost[]) => {
  const news = new Set(fresh.map(({ externalId }) => externalId));
  return ({ externalId }: FoundPost) => news.delete(externalId);
};

const COLUMNS =
  'id, network, external_id, kind, url, author_name, author_url, text, photos, published_at, detected_at';

/** In COPY's text format; the texts hold nothing that it escapes. */
const copyRow = (post: FoundPost): string =>
  [
    messageId(post.network, post.externalId),
    post.network,
    post.externalId,
    post.kind,
    post.url,
    post.authorName,
    post.authorUrl,
    post.text,
    JSON.stringify(post.photos),
    post.publishedAt.toISOString(),
    post.publishedAt.toISOString(),
  ].join('\t');

async function copy(client: pg.Client, rows: readonly string[]): Promise<void> {
  const stream = client.query(copyFrom(`copy copied (${COLUMNS}) from stdin`));
  await pipeline(Readable.from(chunks(rows)), stream);
}

function* chunks(rows: readonly string[]): Generator<string> {
  for (let at = 0; at < rows.length; at += 500) yield `${rows.slice(at, at + 500).join('\n')}\n`;
}

async function seconds(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1_000;
}
