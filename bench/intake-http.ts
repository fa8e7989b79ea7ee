import { openDatabase } from '../src/db/data-source.ts';
import { takeIn } from '../src/monitor/intake.ts';
import { openVk } from '../test/vk.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';
import { withPostgres } from './postgres.ts';

/** As many posts as one search of VK shows. */
const POSTS = 1_000;
const ROUNDS = 10;
const HOUR_MS = 3_600_000;
/** What VK lets through with a user's token: 3 requests a second of 200 posts. */
const VK_LIMIT = 600;

/** The whole way of a post: from the network's HTTP API, through the adapter, into the database. */
export async function intakeHttpLines(): Promise<Line[]> {
  const rate = await withPostgres(async (databaseUrl) => {
    const db = await openDatabase(databaseUrl);
    let now = Date.now();
    const opened = await openVk({}, { now: () => new Date(now) });
    const search = opened.vk.sources(['Смоленск']).at(-1)!;
    let position: unknown = null;
    let reading = 0;
    try {
      for (let turn = 0; turn < ROUNDS; turn++) {
        now += HOUR_MS;
        for (const { text } of newPosts(turn * POSTS, POSTS)) {
          opened.sandbox.vk.post({ text: `Смоленск. ${text}` });
        }
        const start = performance.now();
        let stored = 0;
        for await (const page of search.read(position, new AbortController().signal)) {
          stored += (await takeIn(db, page.found, new Date(now))).stored;
          position = page.position;
        }
        reading += performance.now() - start;
        if (stored !== POSTS) throw new Error(`${stored} posts stored of ${POSTS}`);
      }
      return (ROUNDS * POSTS * 1_000) / reading;
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
      note: `${ROUNDS * POSTS} posts found by a word in the sandbox, which shares this process, and stored`,
    },
  ];
}
