import { randomBytes } from 'node:crypto';
import { OkError } from '../errors.ts';
import type { Method, MethodDeps } from './method.ts';

const TTL_MS = 24 * 60 * 60 * 1000;

/** The way of a photo: `photosV2.getUploadUrl`, an upload, `photosV2.commit`. */
export function photoMethods({ store, options, base }: MethodDeps): Method[] {
  const scope = 'PHOTO_CONTENT';
  return [
    {
      name: 'photosV2.getUploadUrl',
      scope,
      run(params) {
        const gid = params.text('gid');
        if (gid !== undefined && !store.findGroup(Number(gid))) throw new OkError(160);
        const ids = Array.from({ length: params.count(1, 20) }, () =>
          randomBytes(24).toString('base64'),
        );
        const query = new URLSearchParams({ apiToken: 'upload', photoIds: ids.join() });
        return {
          photo_ids: ids,
          upload_url: `${base()}/uploadImage?${query.toString()}`,
          expires_ms: store.seconds() * 1000 + TTL_MS,
          ttl_ms: TTL_MS,
        };
      },
    },
    {
      name: 'photosV2.commit',
      scope,
      run(params) {
        const photo_id = params.required('photo_id');
        const upload = store.takeUpload(params.required('token'));
        if (!upload) return { photos: [{ photo_id, status: 'INVALID_TOKEN' }] };
        const { id } = store.addPhoto(options.admin.id, upload);
        return { photos: [{ photo_id, assigned_photo_id: String(id), status: 'SUCCESS' }] };
      },
    },
  ];
}
