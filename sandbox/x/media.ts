import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Storage } from '../storage.ts';
import { keepImage } from '../social/image.ts';
import { invalid } from './errors.ts';
import type { XOptions } from './options.ts';
import type { XStore } from './store.ts';
import type { Upload } from './types.ts';

const initialize = z.object({
  media_type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4']),
  total_bytes: z.number().int().positive(),
  media_category: z.enum(['tweet_image', 'tweet_gif', 'tweet_video']).default('tweet_image'),
});

const SEGMENT_BYTES = 5 * 1024 * 1024;
const EXPIRES_SECONDS = 86_400;

/** Chunked upload: `initialize`, `append` segment by segment, `finalize`, and its `STATUS`. */
export function createMedia(deps: { store: XStore; storage: Storage; options: XOptions }) {
  const { store, storage, options } = deps;

  function begin(given: unknown) {
    const parsed = initialize.safeParse(given);
    if (!parsed.success) throw invalid(`$.${parsed.error.issues[0]?.path.join('.')}: not valid`);
    const { media_type, total_bytes, media_category } = parsed.data;
    if (media_category === 'tweet_image' && total_bytes > options.limits.photoBytes) {
      throw invalid(`File size exceeds ${options.limits.photoBytes} bytes.`, { total_bytes });
    }
    const upload: Upload = {
      id: store.nextId(),
      mediaType: media_type,
      category: media_category,
      totalBytes: total_bytes,
      segments: {},
      state: 'open',
      checksLeft: options.processingChecks,
      media: null,
    };
    store.addUpload(upload);
    return shown(upload);
  }

  function append(id: string, segment: unknown, bytes: Buffer | undefined) {
    const upload = find(id);
    const index = Number(segment);
    if (!Number.isInteger(index) || index < 0 || index > 999) {
      throw invalid('segment_index must be between 0 and 999', { segment_index: segment });
    }
    if (!bytes || bytes.length === 0 || bytes.length > SEGMENT_BYTES) {
      throw invalid('media must be between 1 byte and 5 MB');
    }
    const name = `${randomBytes(8).toString('hex')}.part`;
    storage.put(name, bytes);
    upload.segments[index] = name;
    store.save();
    return { data: { expires_at: Math.floor(store.now() / 1000) + EXPIRES_SECONDS } };
  }

  function finalize(id: string) {
    const upload = find(id);
    const names = Object.entries(upload.segments)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, name]) => name);
    const bytes = Buffer.concat(names.map((name) => storage.get(name) ?? Buffer.alloc(0)));
    if (bytes.length !== upload.totalBytes) {
      throw invalid('Segments do not add up to provided total file size.', { media_id: id });
    }
    const kept = keepImage(storage, bytes);
    const animated = upload.category === 'tweet_gif';
    if (kept) {
      const { file, width, height } = kept;
      const type = animated ? 'animated_gif' : 'photo';
      upload.media = { key: `${animated ? 16 : 3}_${id}`, file, width, height, type };
    }
    // Pictures are ready or refused at once; what moves is worked on for a while.
    if (!kept && !animated) throw invalid('media type unrecognized.', { media_id: id });
    upload.state = animated ? 'in_progress' : 'succeeded';
    store.save();
    return shown(upload);
  }

  function status(id: string) {
    const upload = find(id);
    if (upload.state === 'in_progress') {
      if (upload.checksLeft === 0) upload.state = upload.media ? 'succeeded' : 'failed';
      else upload.checksLeft -= 1;
      store.save();
    }
    return shown(upload);
  }

  function find(id: string): Upload {
    const upload = store.upload(id);
    if (!upload) throw invalid('Invalid MediaId', { media_id: id });
    return upload;
  }

  return { begin, append, finalize, status };
}

function shown(upload: Upload) {
  const { id, category, state } = upload;
  const animated = category !== 'tweet_image';
  return {
    data: {
      id,
      media_key: `${animated ? 16 : 3}_${id}`,
      expires_after_secs: EXPIRES_SECONDS,
      ...(state !== 'open' &&
        animated && {
          processing_info: {
            state,
            ...(state === 'in_progress' && { check_after_secs: 1 }),
            ...(state === 'failed' && {
              error: { code: 1, name: 'InvalidMedia', message: 'Unsupported or broken file' },
            }),
          },
        }),
    },
  };
}
