import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { CallFailed } from '../http.ts';
import type { Attachment } from '../port.ts';
import type { OkClient } from './client.ts';
import type { OkSettings } from './settings.ts';

const place = z.object({ upload_url: z.url(), photo_ids: z.array(z.string()).min(1) });
const uploaded = z.object({ photos: z.record(z.string(), z.object({ token: z.string() })) });
const committed = z.object({
  photos: z.array(z.object({ status: z.string(), assigned_photo_id: z.string().optional() })),
});

/**
 * Brings a picture to OK for our group and returns what names it among a comment's attachments.
 * Nothing is public yet, so every failure may be followed by another try.
 */
export async function uploadPhoto(
  client: OkClient,
  settings: OkSettings,
  file: Attachment,
  signal?: AbortSignal,
): Promise<object> {
  const where = { gid: settings.replyAs, count: 1 };
  const { upload_url, photo_ids } = asked(
    place,
    await client.call('photosV2.getUploadUrl', where, signal),
  );
  const content = file.open();
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
  const form = new FormData();
  form.set('pic1', new Blob([new Uint8Array(bytes)], { type: file.mediaType }), file.name);
  const { photos } = asked(uploaded, await client.upload(upload_url, form, signal));

  const [photo_id = ''] = photo_ids;
  const token = photos[photo_id]?.token;
  if (token === undefined) throw new CallFailed('OK: the upload server gave no token', true);
  if (settings.photosBy === 'token') return { type: 'PHOTO', token };

  const saved = asked(committed, await client.call('photosV2.commit', { photo_id, token }, signal))
    .photos[0];
  if (saved?.status !== 'SUCCESS' || saved.assigned_photo_id === undefined) {
    throw new CallFailed(`OK: the photo was not saved: ${saved?.status}`, true);
  }
  return { type: 'PHOTO', id: saved.assigned_photo_id };
}

function asked<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CallFailed('OK: an unexpected answer on the way of a photo', true);
}
