import express, { Router, type Request, type Response } from 'express';
import multer from 'multer';
import type { Faults } from '../faults.ts';
import type { Storage } from '../storage.ts';
import { misbehave } from '../misbehave.ts';
import { checkSignature } from './auth.ts';
import { tooMany, XError } from './errors.ts';
import { spokenFault } from './faults.ts';
import { createMedia } from './media.ts';
import type { XOptions } from './options.ts';
import { createRateLimits } from './rate.ts';
import { createReading, textOf } from './read.ts';
import type { XStore } from './store.ts';
import type { View } from './view.ts';
import { createWriting } from './write.ts';

export interface ApiDeps {
  store: XStore;
  storage: Storage;
  view: View;
  faults: Faults;
  options: XOptions;
}

/** The endpoints of API v2 that are there, as `METHOD /path`. */
export const endpoints = [
  'GET /2/tweets/search/recent',
  'GET /2/tweets',
  'GET /2/users/:id/mentions',
  'GET /2/users/:id/tweets',
  'GET /2/media/upload',
  'POST /2/tweets',
  'POST /2/media/upload/initialize',
  'POST /2/media/upload/:id/append',
  'POST /2/media/upload/:id/finalize',
] as const;

type Endpoint = (typeof endpoints)[number];

/** api.x.com: every call is signed, every answer tells the calls left. */
export function createApi(deps: ApiDeps) {
  const { faults, options } = deps;
  const limits = createRateLimits(options.rateLimits);
  const reading = createReading(deps);
  const writing = createWriting(deps);
  const media = createMedia(deps);

  const work: Record<Endpoint, (req: Request) => object> = {
    'GET /2/tweets/search/recent': (req) => reading.search(req),
    'GET /2/tweets': (req) => reading.lookUp(req),
    'GET /2/users/:id/mentions': (req) => reading.mentions(req),
    'GET /2/users/:id/tweets': (req) => reading.ownTweets(req),
    'GET /2/media/upload': (req) => media.status(textOf(req, 'media_id') ?? ''),
    'POST /2/tweets': (req) => writing.publish(req.body),
    'POST /2/media/upload/initialize': (req) => media.begin(req.body),
    'POST /2/media/upload/:id/append': (req) =>
      media.append(
        String(req.params['id']),
        (req.body as { segment_index?: unknown } | undefined)?.segment_index,
        req.file?.buffer,
      ),
    'POST /2/media/upload/:id/finalize': (req) => media.finalize(String(req.params['id'])),
  };

  async function answer(endpoint: Endpoint, req: Request, res: Response): Promise<void> {
    if (await misbehave(faults, endpoint, req, res)) return;
    try {
      checkSignature(req, options.keys);
      const fault = spokenFault(faults, endpoint, limits);
      if (fault) throw fault;
      const { over, headers } = limits.take(endpoint);
      res.set(headers);
      if (over) throw tooMany(headers);
      const result = work[endpoint](req);
      if (faults.take(['cut-after'], endpoint)) req.socket.destroy();
      else res.status(endpoint === 'POST /2/tweets' ? 201 : 200).json(result);
    } catch (error) {
      if (!(error instanceof XError)) throw error;
      res.status(error.status).set(error.headers).json(error.body);
    }
  }

  const router = Router();
  const bodies = [
    express.json({ limit: '1mb' }),
    multer({ limits: { fileSize: 6 * 1024 * 1024 } }).single('media'),
  ];
  for (const endpoint of endpoints) {
    const [method, path = ''] = endpoint.split(' ');
    const handle = (req: Request, res: Response) => answer(endpoint, req, res);
    if (method === 'GET') router.get(path, handle);
    else router.post(path, ...bodies, handle);
  }
  return { router, resetLimits: () => limits.reset() };
}
