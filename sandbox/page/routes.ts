import express, { Router, type NextFunction, type Request, type Response } from 'express';
import multer, { MulterError } from 'multer';
import { ZodError } from 'zod';
import type { FaultInput } from '../faults.ts';
import { CitizenError, walls, type Citizen } from '../social/citizen.ts';
import { draftOf, type Draft } from './feed.ts';
import { createScreens, type ScreenDeps } from './screens.ts';

export interface PageDeps extends ScreenDeps {
  citizen: Citizen;
}

type Fields = Record<string, string | undefined>;

/** The network's page: what can be seen, and what a citizen can do there. */
export function createPage(deps: PageDeps): Router {
  const { citizen, faults, options, site } = deps;
  const done = answerOf(`/${site.code}`);
  const screens = createScreens(deps);
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '5mb' });
  const upload = multer({
    limits: { fileSize: options.limits.photoBytes, fieldSize: 5 * 1024 * 1024, files: 20 },
  }).array('photos');
  router.use(screens.router);

  router.post('/post', upload, (req, res) => {
    const fields = req.body as Fields;
    const photos = photosOf(req);
    done(req, res, citizen.post({ ...typed(fields), photos, commentsClosed: !!fields['closed'] }));
  });
  router.post(`${site.routes.post}/comment`, upload, (req, res) => {
    const { author = '', text = '', reply_to } = req.body as Fields;
    const comment = citizen.comment({
      post: site.refOf(req.params),
      author,
      text,
      photos: photosOf(req),
      ...(reply_to && { replyTo: Number(reply_to) }),
    });
    done(req, res, comment);
  });
  router.post(`${site.routes.post}/edit`, form, (req, res) => {
    citizen.edit(site.refOf(req.params), (req.body as Fields)['text'] ?? '');
    done(req, res, {});
  });
  router.post(`${site.routes.post}/delete`, (req, res) => {
    citizen.delete(site.refOf(req.params));
    done(req, res, {});
  });

  router.get('/behaviour', (_req, res) => void res.json(faults.list()));
  router.post('/behaviour', form, express.json(), (req, res) => {
    const input = req.is('json') ? (req.body as FaultInput) : faultOf(req.body as Fields);
    done(req, res, faults.set(input));
  });
  router.delete('/behaviour', (_req, res) => {
    faults.clear();
    res.json([]);
  });

  router.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    const text = explain(error);
    if (text === null) return next(error);
    res.status(400);
    if (wantsJson(req)) res.json({ error: text });
    else res.send(screens.refused(typed((req.body ?? {}) as Fields), text));
  });
  return router;
}

/** A form goes back to the feed; a script gets the result. */
const answerOf = (feed: string) => (req: Request, res: Response, result: object) => {
  if (wantsJson(req)) res.json(result);
  else res.redirect(303, feed);
};

function wantsJson(req: Request): boolean {
  return req.is('json') !== false || req.accepts(['html', 'json']) === 'json';
}

function typed(fields: Fields): Draft {
  const draft = draftOf(undefined);
  return {
    author: fields['author'] ?? draft.author,
    text: fields['text'] ?? draft.text,
    wall: walls.find((name) => name === fields['wall']) ?? draft.wall,
  };
}

function explain(error: unknown): string | null {
  if (error instanceof CitizenError) return error.message;
  if (error instanceof MulterError) return 'Файл слишком большой, или файлов слишком много.';
  if (error instanceof ZodError) return `Неверная настройка: ${error.issues[0]?.message ?? ''}`;
  return null;
}

/** A form's empty field means "not set". */
function faultOf({ kind, method, times, ms }: Fields): FaultInput {
  return {
    kind: kind as FaultInput['kind'],
    ...(method && { method }),
    times: times ? Number(times) : null,
    ...(ms && { ms: Number(ms) }),
  };
}

function photosOf(req: Request): Buffer[] {
  return ((req.files ?? []) as Express.Multer.File[])
    .filter((file) => file.size > 0)
    .map((file) => file.buffer);
}
