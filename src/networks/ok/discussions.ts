import { z } from 'zod';
import { log } from '../../log.ts';
import type { Source } from '../port.ts';
import { topicsById } from './by-ids.ts';
import type { OkClient } from './client.ts';
import { commentPages, foundComments } from './comments.ts';
import { OkError } from './errors.ts';
import type { OkObject } from './ids.ts';
import type { OkSettings } from './settings.ts';
import { ago, millis } from './time.ts';
import { foundTopics, TOPIC_FIELDS } from './topics.ts';

const PAGE = 100;

const FIELDS = [
  'discussion.object_type',
  'discussion.object_id',
  'discussion.last_activity_date_ms',
  'discussion.total_comments_count',
  'discussion.ref_objects',
].join();

const discussion = z.object({
  object_id: z.string(),
  object_type: z.string(),
  last_activity_date_ms: z.number().optional(),
  total_comments_count: z.number().default(0),
  ref_objects: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
});
const list = z.object({
  discussions: z.array(discussion).nullish(),
  anchor: z.string().nullish(),
  has_more: z.boolean().nullish(),
});

/** How a topic was when its comments were read: two that came in one instant differ in number. */
const mark = z.object({ activity: z.number(), comments: z.number() });

/** Instants are milliseconds, of OK's own clock but for `since`. */
const cursor = z
  .object({
    /** Nothing published before this is taken in. */
    since: z.number(),
    /** The newest activity that was listed. */
    upTo: z.number(),
    /** By topic. */
    read: z.record(z.string(), mark),
  })
  .nullish();

type Mark = z.infer<typeof mark>;

interface Active extends OkObject {
  now: Mark;
}

/**
 * Topics and comments of the groups we follow, found by their latest activity. A topic that moves up
 * while the list is read keeps its own mark and is read the next time, so nothing falls between.
 */
export function discussionsSource(client: OkClient, settings: OkSettings): Source {
  const followed = [...settings.ownPages, ...settings.groups].map(String);
  return {
    key: 'discussions',
    async *read(position, signal) {
      const before = cursor.parse(position);
      const since = before?.since ?? ago(settings.lookBack);
      const overlap = millis(settings.overlap);
      const read = { ...before?.read };
      let upTo = before?.upTo ?? since;

      for await (const active of activePages(before ? upTo - overlap : since, signal)) {
        const news = active.filter(({ topic, now }) => differs(now, read[topic]));
        for await (const found of topics(news, since, signal)) yield { found, position };
        for (const topic of news) {
          const from = Math.max(since, (read[topic.topic]?.activity ?? 0) - overlap);
          for await (const found of commentsUnder(topic, from, signal)) yield { found, position };
          read[topic.topic] = topic.now;
        }
        upTo = Math.max(upTo, ...active.map(({ now }) => now.activity));
      }
      yield {
        found: [],
        position: { since, upTo, read: younger(read, ago(settings.commentsFor)) },
      };
    },
  };

  /** Topics of our groups with activity since `from`, the latest first. */
  async function* activePages(from: number, signal: AbortSignal): AsyncGenerator<Active[]> {
    for (let anchor: string | undefined; ;) {
      const page = await client.read(
        list,
        'discussions.getList',
        { types: 'GROUP_TOPIC', category: 'GROUP', count: PAGE, anchor, fields: FIELDS },
        signal,
      );
      const all = page.discussions ?? [];
      const active = all.map((each) => ({
        ...each,
        activity: each.last_activity_date_ms ?? Date.now(),
      }));
      const recent = active.filter(({ activity }) => activity >= from);
      yield recent.flatMap(followedTopic);
      const next = page.anchor;
      if (recent.length === 0 || page.has_more === false || !next || next === anchor) return;
      anchor = next;
    }
  }

  function followedTopic(each: z.infer<typeof discussion> & { activity: number }): Active[] {
    const group = each.ref_objects.find(({ type }) => type === 'GROUP')?.id;
    if (each.object_type !== 'GROUP_TOPIC' || !group || !followed.includes(group)) return [];
    const { object_id: topic, activity, total_comments_count: comments } = each;
    return [{ place: 'group', owner: group, topic, comment: null, now: { activity, comments } }];
  }

  async function* topics(news: readonly Active[], since: number, signal: AbortSignal) {
    const ids = news.map(({ topic }) => topic);
    for await (const page of topicsById(client, ids, TOPIC_FIELDS, signal)) {
      yield foundTopics(settings, page.topics, page.refers, since);
    }
  }

  async function* commentsUnder(topic: OkObject, from: number, signal: AbortSignal) {
    try {
      for await (const comments of commentPages(client, topic, signal)) {
        yield foundComments(settings, topic, comments, from);
        if (comments.every(({ date }) => date < from)) return;
      }
    } catch (error) {
      // A topic that was closed or deleted a moment ago must not stop the reading of the others.
      if (!(error instanceof OkError)) throw error;
      log.warn({ network: 'ok', topic: topic.topic, why: error.message }, 'comments not read');
    }
  }
}

function differs(now: Mark, before: Mark | undefined): boolean {
  return now.activity !== before?.activity || now.comments !== before.comments;
}

function younger(read: Record<string, Mark>, than: number): Record<string, Mark> {
  return Object.fromEntries(Object.entries(read).filter(([, { activity }]) => activity >= than));
}
