import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CallFailed } from '../http.ts';
import type { Attachment } from '../port.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';

const UPLOAD_TIMEOUT_MS = 120_000;
/** X takes 5 MB in one call at most. */
const SEGMENT_BYTES = 4 * 1024 * 1024;

const processing = z.object({
  state: z.enum(['pending', 'in_progress', 'failed', 'succeeded']),
  check_after_secs: z.number().default(1),
  error: z.object({ message: z.string().optional(), name: z.string().optional() }).optional(),
});
const media = z.object({
  data: z.object({ id: z.string(), processing_info: processing.optional() }),
});

/**
 * Brings a picture to X and returns its media id. Nothing is public yet, so every failure may be
 * followed by another try.
 */
export async function uploadMedia(
  client: XClient,
  file: Attachment,
  signal?: AbortSignal,
): Promise<string> {
  const content = file.open();
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
  const { id } = await stateOf(client, signal, {
    endpoint: 'POST /2/media/upload/initialize',
    body: {
      media_type: file.mediaType,
      total_bytes: bytes.length,
      media_category: file.mediaType === 'image/gif' ? 'tweet_gif' : 'tweet_image',
    },
  });
  for (let segment = 0; segment * SEGMENT_BYTES < bytes.length; segment += 1) {
    const begin = segment * SEGMENT_BYTES;
    const part = new Uint8Array(bytes.subarray(begin, begin + SEGMENT_BYTES));
    const form = new FormData();
    form.set('segment_index', String(segment));
    form.set('media', new Blob([part], { type: file.mediaType }), file.name);
    await client.call(
      {
        endpoint: 'POST /2/media/upload/{id}/append',
        id,
        body: form,
        timeoutMs: UPLOAD_TIMEOUT_MS,
      },
      signal,
    );
  }
  let state = await stateOf(client, signal, {
    endpoint: 'POST /2/media/upload/{id}/finalize',
    id,
  });
  while (state.processing_info && state.processing_info.state !== 'succeeded') {
    const { state: now, check_after_secs, error } = state.processing_info;
    if (now === 'failed') {
      throw new XError('media processing', 400, error?.message ?? error?.name ?? 'failed');
    }
    await sleep(check_after_secs * 1000, undefined, signal && { signal }).catch(() => {
      throw new CallFailed('X: stopped while the picture was processed', false);
    });
    state = await stateOf(client, signal, {
      endpoint: 'GET /2/media/upload',
      query: { command: 'STATUS', media_id: id },
    });
  }
  return id;
}

async function stateOf(
  client: XClient,
  signal: AbortSignal | undefined,
  call: Parameters<XClient['call']>[0],
) {
  const parsed = media.safeParse(await client.call(call, signal));
  if (!parsed.success) throw new CallFailed(`X ${call.endpoint}: no state of the media`, true);
  return parsed.data.data;
}
