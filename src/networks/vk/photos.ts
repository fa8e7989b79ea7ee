import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { CallFailed, postForJson } from '../http.ts';
import type { Attachment } from '../port.ts';
import type { VkClient } from './client.ts';
import { VkError } from './errors.ts';

const UPLOAD_TIMEOUT_MS = 120_000;

const server = z.object({ upload_url: z.url() });
const uploaded = z.object({
  server: z.coerce.number(),
  photo: z.string(),
  hash: z.string(),
});
/** What the upload server says of a file it does not take. */
const rejected = z.object({ error: z.string() });
const saved = z.array(z.object({ id: z.number(), owner_id: z.number() })).length(1);

/**
 * Brings a picture to VK for a post or comment of `group` and returns its name for `attachments`.
 * Nothing is public yet, so every failure may be followed by another try.
 */
export async function uploadPhoto(
  client: VkClient,
  group: number,
  file: Attachment,
  signal?: AbortSignal,
): Promise<string> {
  const place = server.parse(
    await client.call('user', 'photos.getWallUploadServer', { group_id: group }, signal),
  );
  const content = file.open();
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
  const form = new FormData();
  form.set('photo', new Blob([new Uint8Array(bytes)], { type: file.mediaType }), file.name);
  const raw = await postForJson(place.upload_url, {
    body: form,
    timeoutMs: UPLOAD_TIMEOUT_MS,
    signal,
  });
  const refusal = rejected.safeParse(raw);
  if (refusal.success) throw new VkError('upload', 100, refusal.data.error);
  const answer = uploaded.safeParse(raw);
  if (!answer.success) throw new CallFailed('VK: the upload server gave no photo', true);
  const [photo] = saved.parse(
    await client.call('user', 'photos.saveWallPhoto', { group_id: group, ...answer.data }, signal),
  );
  return `photo${photo?.owner_id}_${photo?.id}`;
}
