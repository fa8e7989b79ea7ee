import { randomBytes } from 'node:crypto';
import { Router, type NextFunction, type Request, type Response } from 'express';
import multer, { MulterError } from 'multer';
import type { Faults } from '../faults.ts';
import { misbehave } from '../misbehave.ts';
import { keepImage } from '../social/image.ts';
import type { SocialStore } from '../social/store.ts';
import type { Storage } from '../storage.ts';
import { UPLOAD_SERVER } from './methods/photos.ts';
import type { VkOptions } from './options.ts';

/** The upload server (`upload.php`, field `photo`). */
export function createUpload(deps: {
  store: SocialStore;
  storage: Storage;
  faults: Faults;
  options: VkOptions;
}): Router {
  const { store, storage, faults, options } = deps;
  const router = Router();
  const receive = multer({ limits: { fileSize: options.limits.photoBytes } }).single('photo');

  router.post('/upload.php', receive, async (req: Request, res: Response) => {
    if (await misbehave(faults, 'upload', req, res)) return;
    const kept = req.file && keepImage(storage, req.file.buffer);
    const hash = randomBytes(16).toString('hex');
    // VK answers an unusable file with an empty list, not with an error.
    if (!kept) {
      res.json({ server: UPLOAD_SERVER, photo: '[]', hash });
      return;
    }
    store.addUpload({ ...kept, hash });
    const photo = [{ markers_restarted: true, photo: `${kept.file}:w`, sizes: [], latitude: 0 }];
    res.json({ server: UPLOAD_SERVER, photo: JSON.stringify(photo), hash });
  });
  router.use('/upload.php', (error: Error, _req: Request, res: Response, next: NextFunction) => {
    if (!(error instanceof MulterError)) return next(error);
    res.json({ error: `ERR_UPLOAD_BAD_IMAGE_SIZE: ${error.message}` });
  });
  return router;
}
