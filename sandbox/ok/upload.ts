import { randomBytes } from 'node:crypto';
import { Router, type NextFunction, type Request, type Response } from 'express';
import multer, { MulterError } from 'multer';
import type { Faults } from '../faults.ts';
import { misbehave } from '../misbehave.ts';
import { keepImage } from '../social/image.ts';
import type { SocialStore } from '../social/store.ts';
import type { Storage } from '../storage.ts';
import { errorEnvelope, OkError } from './errors.ts';
import type { OkOptions } from './options.ts';

/** Where `photosV2.getUploadUrl` sends files: one multipart field a photo, a token for each. */
export function createUpload(deps: {
  store: SocialStore;
  storage: Storage;
  faults: Faults;
  options: OkOptions;
}): Router {
  const { store, storage, faults, options } = deps;
  const router = Router();
  const receive = multer({ limits: { fileSize: options.limits.photoBytes } }).any();

  router.post('/uploadImage', receive, async (req: Request, res: Response) => {
    if (await misbehave(faults, 'upload', req, res)) return;
    const { photoIds } = req.query;
    const ids = typeof photoIds === 'string' ? photoIds.split(',') : [];
    const files = req.files as Express.Multer.File[];
    const kept = files.map((file) => keepImage(storage, file.buffer));
    if (files.length === 0) res.json(errorEnvelope(new OkError(505)));
    else if (kept.includes(null)) res.json(errorEnvelope(new OkError(503)));
    else {
      const photos = kept.flatMap((image, index) => {
        const token = randomBytes(32).toString('base64');
        if (!image || !ids[index]) return [];
        store.addUpload({ ...image, hash: token });
        return [[ids[index], { token }]];
      });
      res.json({ photos: Object.fromEntries(photos) as object });
    }
  });
  router.use('/uploadImage', (error: Error, _req: Request, res: Response, next: NextFunction) => {
    if (!(error instanceof MulterError)) return next(error);
    res.json(errorEnvelope(new OkError(500, error.message)));
  });
  return router;
}
