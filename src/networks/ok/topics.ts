import { z } from 'zod';
import { log } from '../../log.ts';
import type { FoundPost } from '../port.ts';
import { isOurs, permalink, readRef, writeId, type OkObject } from './ids.ts';
import type { OkSettings } from './settings.ts';

/** The most that OK shows of each of several topics; the first blocks are all that we take. */
export const BLOCKS = 3;

export const TOPIC_FIELDS = [
  'media_topic.id',
  'media_topic.media',
  'media_topic.created_ms',
  'media_topic.author_ref',
  'media_topic.owner_ref',
  'user.uid',
  'user.name',
  'group.uid',
  'group.name',
  'user_photo.id',
  'user_photo.pic1024x768',
  'group_photo.id',
  'group_photo.pic1024x768',
].join();

const id = z.union([z.string(), z.number()]).transform(String);

const topic = z.object({
  id,
  created_ms: z.number(),
  author_ref: z.string(),
  owner_ref: z.string(),
  media: z
    .array(
      z.looseObject({ text: z.string().optional(), photo_refs: z.array(z.string()).optional() }),
    )
    .default([]),
});

export type Topic = z.infer<typeof topic>;

/** Names and pictures are extras: without them a topic is taken in all the same. */
const extras = <T extends z.ZodObject>(item: T) => z.array(item).catch([]);
const named = extras(z.object({ uid: id, name: z.string().default('') }));
const photos = extras(z.object({ id, pic1024x768: z.string().optional() }));

/** Whom and what a list of topics refers to. */
export const entities = z
  .object({ users: named, groups: named, user_photos: photos, group_photos: photos })
  .partial()
  .default({});

export function textOf({ media }: Topic): string {
  return media
    .slice(0, BLOCKS)
    .flatMap((block) => block.text ?? [])
    .join('\n\n');
}

/** The topics among these items; with a warning without those that do not look like OK's. */
export function readTopics(items: readonly unknown[]): Topic[] {
  return items.flatMap((item) => {
    const parsed = topic.safeParse(item);
    if (parsed.success) return [parsed.data];
    log.warn({ network: 'ok', why: z.prettifyError(parsed.error) }, 'an odd topic was left out');
    return [];
  });
}

/** What was found, without our own and those published before `since` (milliseconds). */
export function foundTopics(
  settings: OkSettings,
  topics: readonly Topic[],
  refers: z.infer<typeof entities>,
  since: number,
): FoundPost[] {
  const names = new Map<string, string>([
    ...(refers.users ?? []).map(({ uid, name }) => [`user:${uid}`, name] as const),
    ...(refers.groups ?? []).map(({ uid, name }) => [`group:${uid}`, name] as const),
  ]);
  const pictures = new Map<string, string | undefined>([
    ...(refers.user_photos ?? []).map((p) => [`photo:${p.id}`, p.pic1024x768] as const),
    ...(refers.group_photos ?? []).map((p) => [`group_photo:${p.id}`, p.pic1024x768] as const),
  ]);
  return topics.flatMap((each) => {
    const object = objectOf(each);
    if (!object || each.created_ms < since || isOurs(settings, each.author_ref)) return [];
    return [
      {
        network: 'ok',
        externalId: writeId(object),
        kind: 'post',
        url: permalink(settings, object),
        authorName: names.get(each.author_ref) || null,
        authorUrl: authorUrl(settings, each.author_ref),
        text: textOf(each),
        photos: each.media
          .slice(0, BLOCKS)
          .flatMap((block) => block.photo_refs ?? [])
          .flatMap((ref) => pictures.get(ref) ?? []),
        publishedAt: new Date(each.created_ms),
      },
    ];
  });
}

export function authorUrl(settings: OkSettings, ref: string): string | null {
  const author = readRef(ref);
  return author && `${settings.permalinkBase}/${author.place}/${author.id}`;
}

/** The topic by its own id and its owner's; null: of neither a group nor a user. */
export function objectOf({ id: topicId, owner_ref }: Topic): OkObject | null {
  const owner = readRef(owner_ref);
  return owner && { place: owner.place, owner: owner.id, topic: topicId, comment: null };
}
