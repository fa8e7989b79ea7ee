import { VkError } from '../errors.ts';
import { newestFirst } from '../../social/store.ts';
import type { Comment, Post } from '../../social/types.ts';
import type { Method, MethodDeps } from './method.ts';
import { matcher } from './search-text.ts';

const DAY = 24 * 60 * 60;
/** VK gives out no more results of one query than this. */
const MOST = 1000;

/** `newsfeed.search`: posts and comments of all walls, newest first. */
export function newsfeedMethods({ store, view }: MethodDeps): Method[] {
  return [{ name: 'newsfeed.search', tokens: ['user'], run: ({ params }) => search(params) }];

  function search(params: Parameters<Method['run']>[0]['params']) {
    const count = params.count(30, 200);
    const from = params.int('start_time', 0) ?? store.seconds() - DAY;
    const to = params.int('end_time', 0) ?? Number.MAX_SAFE_INTEGER;
    const matches = matcher(params.text('q') ?? '');
    const found = [...store.state.posts, ...store.state.comments]
      .filter((e) => !e.deleted && e.date >= from && e.date <= to && matches(e.text))
      .filter((entry) => !('post_id' in entry) || store.findPost(postOf(entry))?.deleted === false)
      .sort(newestFirst);

    const start = readStart(params.text('start_from'));
    const rest = start.after ? found.filter((e) => newestFirst(start.after as Post, e) < 0) : found;
    const page = rest.slice(0, Math.min(count, MOST - start.given));
    const given = start.given + page.length;
    const last = page.at(-1);
    return {
      items: page.map((e) => ('post_id' in e ? view.commentAsPost(e) : view.post(e))),
      ...(last &&
        rest.length > page.length &&
        given < MOST && { next_from: writeStart(given, last) }),
      count: Math.min(found.length, MOST),
      total_count: found.length,
      ...(params.flag('extended') && view.people(page)),
    };
  }

  /** `start_from` names the last entry given out, so that new posts move nothing. */
  function readStart(text: string | undefined) {
    if (text === undefined || text === '') return { given: 0, after: undefined };
    const match = /^(\d+)\/(-?\d+)_(\d+)$/.exec(text);
    const ref = { owner_id: Number(match?.[2]), id: Number(match?.[3]) };
    const after = match ? (store.findPost(ref) ?? store.findComment(ref)) : undefined;
    if (!match || !after) throw new VkError(100, 'start_from is invalid');
    return { given: Number(match[1]), after };
  }
}

function writeStart(given: number, last: Post | Comment): string {
  return `${given}/${last.owner_id}_${last.id}`;
}

function postOf(comment: Comment) {
  return { owner_id: comment.owner_id, id: comment.post_id };
}
