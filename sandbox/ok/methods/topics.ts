import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Post } from '../../social/types.ts';
import { OkError } from '../errors.ts';
import { topicId } from '../ids.ts';
import type { Params } from '../params.ts';
import { findTopic, pageAfter, type Method, type MethodDeps } from './method.ts';

const filter = z.object({
  since: z.string().optional(),
  until: z.string().optional(),
  types: z.array(z.string()).optional(),
});

/** Topics by number and by hashtag: `mediatopic.getByIds`, `search.tagContents`. */
export function topicMethods({ store, view }: MethodDeps): Method[] {
  function entities(params: Params, posts: readonly Post[]) {
    const { users, groups, user_photos, group_photos } = view.entities(posts);
    return {
      users: users.map((each) => params.pick('user', each)),
      groups: groups.map((each) => params.pick('group', each)),
      user_photos: user_photos.map((each) => params.pick('user_photo', each)),
      group_photos: group_photos.map((each) => params.pick('group_photo', each)),
    };
  }

  /** Those that are not there are left out. */
  function getByIds(params: Params) {
    params.required('topic_ids');
    const ids = params.list('topic_ids');
    const blocks = Number(params.text('media_limit') ?? (ids.length > 1 ? 0 : 3));
    if (!(blocks >= 1 && blocks <= 3)) throw new OkError(100, 'media_limit: 1 to 3');
    const posts = ids.map((id) => findTopic(store, id)).filter((post) => post !== undefined);
    return {
      media_topics: posts.map((post) => params.pick('media_topic', view.topic(post, blocks))),
      entities: entities(params, posts),
    };
  }

  function tagContents(params: Params) {
    const tag = params.required('query').toLowerCase();
    const parsed = filter.safeParse(params.text('filter') ? params.json('filter') : {});
    if (!parsed.success) throw new OkError(100, 'Invalid parameter filter');
    const { since, until, types } = parsed.data;
    const from = instant(since) ?? 0;
    const to = instant(until) ?? Infinity;
    const found = store
      .posts()
      .filter(({ date }) => date * 1000 >= from && date * 1000 <= to)
      .filter((post) => !types || types.includes(post.owner_id < 0 ? 'GROUP_TOPIC' : 'USER_TOPIC'))
      .filter(({ text }) => tagsOf(text).includes(tag));
    const { page, ...more } = pageAfter(
      found,
      params.text('anchor'),
      params.count(20, 100),
      topicId,
    );
    return {
      entities: {
        media_topics: page.map((post) => params.pick('media_topic', view.topic(post))),
        ...entities(params, page),
      },
      ...more,
    };
  }

  const scope = 'VALUABLE_ACCESS';
  return [
    { name: 'mediatopic.getByIds', scope, run: getByIds },
    { name: 'search.tagContents', scope, run: tagContents },
  ];
}

function tagsOf(text: string): string[] {
  return [...text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag = '']) => tag.toLowerCase());
}

/** OK writes and reads dates without a zone, by Moscow's clock. Milliseconds. */
function instant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm:ss', { zone: 'Europe/Moscow' });
  if (!at.isValid) throw new OkError(100, `Invalid parameter filter: ${text}`);
  return at.toMillis();
}
