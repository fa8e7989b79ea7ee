import { z } from 'zod';
import { log } from '../../log.ts';
import type { FoundPost } from '../port.ts';
import type { OkClient } from './client.ts';
import { discussionOf, isOurs, permalink, writeId, type OkObject } from './ids.ts';
import type { OkSettings } from './settings.ts';
import { readDate } from './time.ts';
import { authorUrl } from './topics.ts';

const PAGE = 100;

export const COMMENT_FIELDS = [
  'comment.id',
  'comment.text',
  'comment.date',
  'comment.author_ref',
  'comment.author_name',
  'comment.reply_to_comment_id',
  'comment.attachments',
].join();

/** What OK does not fill it leaves out or leaves empty. */
const optional = z
  .string()
  .nullish()
  .transform((text) => text || null);

const comment = z.object({
  id: z.string().min(1),
  text: z.string().default(''),
  date: z.string().transform((text, context) => {
    const at = readDate(text);
    if (at !== null) return at;
    context.addIssue(`not a date of OK: ${text}`);
    return z.NEVER;
  }),
  author_ref: z.string(),
  author_name: optional,
  reply_to_comment_id: optional,
  attachments: z.array(z.looseObject({ pic1024x768: z.string().optional() })).nullish(),
});

/** `date` is an instant, milliseconds. */
export type Comment = z.infer<typeof comment>;

const page = z.object({
  comments: z.array(z.unknown()).nullish(),
  anchor: z.string().nullish(),
  has_more: z.boolean().nullish(),
});

/** Pages of comments under a topic, the newest first. */
export async function* commentPages(
  client: OkClient,
  topic: OkObject,
  signal?: AbortSignal,
): AsyncGenerator<Comment[]> {
  for (let anchor = 'LAST'; ;) {
    const answer = await client.read(
      page,
      'discussions.getComments',
      {
        ...discussionOf(topic),
        anchor,
        direction: 'BACKWARD',
        count: PAGE,
        fields: COMMENT_FIELDS,
      },
      signal,
    );
    const comments = answer.comments ?? [];
    yield readComments(comments);
    const next = answer.anchor;
    if (comments.length === 0 || answer.has_more === false || !next || next === anchor) return;
    anchor = next;
  }
}

/** What was found, without our own and those published before `since` (milliseconds). */
export function foundComments(
  settings: OkSettings,
  topic: OkObject,
  comments: readonly Comment[],
  since: number,
): FoundPost[] {
  return comments
    .filter(({ date, author_ref }) => date >= since && !isOurs(settings, author_ref))
    .map((each) => {
      const object = { ...topic, comment: each.id };
      return {
        network: 'ok',
        externalId: writeId(object),
        kind: 'comment',
        url: permalink(settings, object),
        authorName: each.author_name,
        authorUrl: authorUrl(settings, each.author_ref),
        text: each.text,
        photos: (each.attachments ?? []).flatMap(({ pic1024x768 }) => pic1024x768 ?? []),
        publishedAt: new Date(each.date),
        inReplyTo: each.reply_to_comment_id
          ? writeId({ ...topic, comment: each.reply_to_comment_id })
          : null,
      };
    });
}

/** The comments among these items; with a warning without those that do not look like OK's. */
export function readComments(items: readonly unknown[]): Comment[] {
  return items.flatMap((item) => {
    const parsed = comment.safeParse(item);
    if (parsed.success) return [parsed.data];
    log.warn({ network: 'ok', why: z.prettifyError(parsed.error) }, 'an odd comment was left out');
    return [];
  });
}
