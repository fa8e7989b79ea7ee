import { z } from 'zod';
import { log } from '../../log.ts';
import type { FoundPost } from '../port.ts';
import type { VkSettings } from '../settings.ts';
import { permalink, writeId } from './ids.ts';

const size = z.object({ url: z.string(), width: z.number().default(0) });
const photo = z.object({ sizes: z.array(size).default([]), orig_photo: size.optional() });

/** A post or a comment, as much of it as we use. Dates are unix seconds. */
const entry = z.object({
  id: z.number(),
  owner_id: z.number(),
  from_id: z.number(),
  date: z.number(),
  text: z.string().default(''),
  /** The post of a comment. */
  post_id: z.number().optional(),
  reply_to_comment: z.number().optional(),
  deleted: z.boolean().default(false),
  attachments: z
    .array(z.object({ type: z.string(), photo: photo.optional().catch(undefined) }))
    .default([]),
});

/** Who is named in a list that was asked for with `extended`. */
export const people = z.object({
  profiles: z
    .array(z.object({ id: z.number(), first_name: z.string(), last_name: z.string() }))
    .default([]),
  groups: z.array(z.object({ id: z.number(), name: z.string() })).default([]),
});

/**
 * Turns VK's items into posts and comments. Left out: our own, deleted ones, those published before
 * `since` (unix seconds), and with a warning those that do not look like VK's, lest one odd item stop
 * the reading of all.
 */
export function readFound(
  settings: VkSettings,
  items: readonly unknown[],
  who: z.infer<typeof people>,
  since = 0,
): FoundPost[] {
  const names = new Map<number, string>([
    ...who.profiles.map((p) => [p.id, `${p.first_name} ${p.last_name}`.trim()] as const),
    ...who.groups.map((group) => [-group.id, group.name] as const),
  ]);
  return items.flatMap((item) => {
    const parsed = entry.safeParse(item);
    if (!parsed.success) {
      log.warn({ network: 'vk', why: z.prettifyError(parsed.error) }, 'an odd item was left out');
      return [];
    }
    const { id, owner_id, from_id, date, text, post_id, reply_to_comment, deleted, attachments } =
      parsed.data;
    if (deleted || date < since || settings.ownPages.includes(-from_id)) return [];
    const object = { owner: owner_id, post: post_id ?? id, comment: post_id ? id : null };
    return [
      {
        network: 'vk',
        externalId: writeId(object),
        kind: object.comment === null ? 'post' : 'comment',
        url: permalink(settings.permalinkBase, object),
        authorName: names.get(from_id) ?? null,
        authorUrl: `${settings.permalinkBase}/${from_id > 0 ? 'id' : 'club'}${Math.abs(from_id)}`,
        text,
        photos: attachments.flatMap((each) => largest(each.photo) ?? []),
        publishedAt: new Date(date * 1000),
        inReplyTo: reply_to_comment ? writeId({ ...object, comment: reply_to_comment }) : null,
      },
    ];
  });
}

function largest(shown: z.infer<typeof photo> | undefined): string | undefined {
  const [widest] = [...(shown?.sizes ?? [])].sort((a, b) => b.width - a.width);
  return shown?.orig_photo?.url ?? widest?.url;
}
