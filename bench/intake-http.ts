import { openDatabase } from '../src/db/data-source.ts';
import { takeIn } from '../src/monitor/intake.ts';
import { openVk } from '../test/vk.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';
import { withPostgres } from './postgres.ts';

const ROUNDS = 10;
/** An hour's new posts; the next reading overlaps by half an hour, so a third of what it finds was seen before. */
const POSTS = 1_000;
const HOUR_MS = 3_600_000;
/** What VK lets through with a user's token: 3 requests a second of 200 posts. */
const VK_LIMIT = 600;

/**
 * The whole way of a post: from the network's HTTP API, through the adapter, into the database. Every
 * post of an answer counts, new or seen before, as it does for VK's limits.
 */
export async function intakeHttpLines(): Promise<Line[]> {
  const { found, rate } = await withPostgres(async (databaseUrl) => {
    const db = await openDatabase(databaseUrl);
    let now = Date.now();
    const opened = await openVk({}, { now: () => new Date(now) });
    const search = opened.vk.sources(['Смоленск']).at(-1)!;
    let position: unknown = null;
    let found = 0;
    let reading = 0;
    try {
      for (let turn = 0; turn < ROUNDS; turn++) {
        for (const { text } of newPosts(turn * POSTS, POSTS)) {
          now += HOUR_MS / POSTS;
          opened.sandbox.vk.post({ text: `Смоленск. ${text}` });
        }
        const start = performance.now();
        let stored = 0;
        for await (const page of search.read(position, new AbortController().signal)) {
          found += page.found.length;
          stored += (await takeIn(db, page.found, new Date(now))).stored;
          position = page.position;
        }
        reading += performance.now() - start;
        if (stored !== POSTS) throw new Error(`${stored} posts stored of ${POSTS}`);
      }
      return { found, rate: (found * 1_000) / reading };
    } finally {
      await opened.close();
      await db.destroy();
    }
  });
  return [
    {
      name: 'intake, over HTTP',
      value: round(rate),
      unit: 'posts/s',
      ratio: round(rate / VK_LIMIT),
      against: `VK's limits: ${VK_LIMIT} posts/s`,
      note: `${found} posts found by a word in the sandbox, which shares this process; ${ROUNDS * POSTS} rows stored`,
    },
  ];
}
