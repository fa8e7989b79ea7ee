import { VkError } from '../errors.ts';
import type { Method, MethodDeps } from './method.ts';

/** The number of the upload server; callers must hand it back unchanged. */
export const UPLOAD_SERVER = 856_312;

/** The way of a photo to a wall, all three steps with a user token only. */
export function photoMethods({ store, view, options, base }: MethodDeps): Method[] {
  function checkGroup(group: number | undefined): number {
    if (group !== undefined && group !== 0 && !store.findGroup(group)) throw new VkError(125);
    return group ?? 0;
  }

  return [
    {
      name: 'photos.getWallUploadServer',
      tokens: ['user'],
      run({ params }) {
        const gid = checkGroup(params.int('group_id', 0));
        const user_id = options.admin.id;
        return {
          album_id: -14,
          upload_url: `${base()}/upload.php?act=do_add&mid=${user_id}&aid=-14&gid=${gid}`,
          user_id,
        };
      },
    },
    {
      name: 'photos.saveWallPhoto',
      tokens: ['user'],
      run({ params }) {
        const group = checkGroup(params.int('group_id', 0));
        if (params.required('server') !== UPLOAD_SERVER) throw new VkError(118);
        const photo = params.text('photo') ?? '';
        if (photo === '') throw new VkError(100, 'photo is undefined');
        if (photo === '[]') throw new VkError(100, 'photos_list is invalid');
        const upload = store.takeUpload(params.text('hash') ?? '');
        if (!upload || !photo.includes(upload.file)) throw new VkError(121);
        return [view.photo(store.addPhoto(group === 0 ? options.admin.id : -group, upload))];
      },
    },
  ];
}
