import { Router } from 'express';
import type { Storage } from '../storage.ts';
import { contentTypes } from '../social/image.ts';

/** The photos themselves, under `/photo/…`. */
export function createPhotos(storage: Storage): Router {
  const router = Router();
  router.get('/photo/:file', (req, res) => {
    const { file } = req.params;
    const type = /^[0-9a-f]+\.(jpg|png|gif)$/.exec(file)?.[1] as keyof typeof contentTypes;
    const bytes = type && storage.get(file);
    if (!bytes) {
      res.sendStatus(404);
      return;
    }
    res.set('cache-control', 'public, max-age=31536000, immutable');
    res.type(contentTypes[type]).send(bytes);
  });
  return router;
}
