import express, { Router, type NextFunction, type Request, type Response } from 'express';
import multer, { MulterError } from 'multer';
import { ZodError } from 'zod';
import type { FaultInput, Faults } from '../../faults.ts';
import { layout, type Tab } from '../../page/layout.ts';
import { CitizenError } from '../../social/citizen.ts';
import type { MetaCitizen } from '../citizen.ts';
import type { Post } from '../types.ts';
import type { WebhookSender } from '../webhook.ts';
import { createArticle, type ArticleDeps } from './article.ts';
import { activeFaults, faultsPanel } from './faults-panel.ts';
import { feedPage, type Draft } from './feed.ts';

export interface PageDeps extends ArticleDeps {
  title: string;
  operations: readonly string[];
  citizen: MetaCitizen;
  faults: Faults;
  webhooks: WebhookSender | null;
  tabs: () => Tab[];
}

type Fields = Record<string, string | undefined>;

const SHOWN = 50;

/** The network's page: what can be seen, and what a citizen can do there. */
export function createPage(deps: PageDeps): Router {
  const { code, title, look, rules, store, citizen, faults, options, webhooks } = deps;
  const { view, article } = createArticle(deps);
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '5mb' });
  const upload = multer({
    limits: { fileSize: options.limits.photoBytes, fieldSize: 5 * 1024 * 1024, files: 20 },
  }).array('photos');
  const revision = () => `${store.state.revision}.${faults.revision}.${webhooks?.status()}`;
  const active = () => activeFaults(code, faults.list(), webhooks?.status() ?? null);
  const one = (ref: string) => {
    const post = store.findPost(ref);
    return post ? [post] : [];
  };

  function show(
    posts: Post[],
    limit: number,
    ref: string | null,
    draft: Draft,
    error: string | null,
  ) {
    const body = feedPage({
      code,
      rules,
      look,
      draft,
      error,
      single: ref !== null,
      posts: posts.slice(0, limit),
      total: posts.length,
      article,
      panel: faultsPanel(code, deps.operations, active()),
      revision: revision(),
      liveUrl: `/${code}/live?limit=${limit}${ref === null ? '' : `&ref=${ref}`}`,
    });
    return layout(title, deps.tabs(), `/${code}`, body);
  }

  router.get('/', (req, res) => {
    res.send(show(store.posts(), limitOf(req), null, draftOf(req.query['sample']), null));
  });
  router.get([look.path, `${look.path}/c/:comment`], (req, res) => {
    const ref = String(req.params['ref']);
    const posts = one(ref);
    res.status(posts.length > 0 ? 200 : 404);
    res.send(show(posts, SHOWN, ref, draftOf(undefined), null));
  });
  router.get('/live', (req, res) => {
    if (req.query['revision'] === revision()) return void res.status(204).end();
    const { ref } = req.query;
    const posts = typeof ref === 'string' ? one(ref) : store.posts();
    res.json({
      revision: revision(),
      faults: active().text,
      total: posts.length,
      posts: posts.slice(0, limitOf(req)).map((post) => ({
        key: post.id,
        revision: String(post.revision),
        view: view(post).text,
        article: article(post).text,
      })),
    });
  });

  router.post('/post', upload, (req, res) => {
    done(req, res, citizen.post({ ...typed(req.body as Fields), photos: photosOf(req) }));
  });
  router.post('/entry/:id/comment', upload, (req, res) => {
    const { author = '', text = '', reply_to } = req.body as Fields;
    const photos = photosOf(req);
    const post = String(req.params['id']);
    const replyTo = reply_to ? { replyTo: reply_to } : {};
    done(req, res, citizen.comment({ post, author, text, photos, ...replyTo }));
  });
  router.post('/entry/:id/edit', form, (req, res) => {
    citizen.edit(String(req.params['id']), (req.body as Fields)['text'] ?? '');
    done(req, res, {});
  });
  router.post('/entry/:id/delete', (req, res) => {
    citizen.delete(req.params.id);
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
    else res.send(show(store.posts(), SHOWN, null, typed((req.body ?? {}) as Fields), text));
  });
  return router;

  /** A form goes back to the feed; a script gets the result. */
  function done(req: Request, res: Response, result: object): void {
    if (wantsJson(req)) res.json(result);
    else res.redirect(303, `/${code}`);
  }

  /** The form's first values, with a sample chosen by its button. */
  function draftOf(sample: unknown): Draft {
    const place = rules.places[0] ?? 'elsewhere';
    const start = look.mention === null ? '' : `${look.mention} `;
    return (
      look.samples.find(({ id }) => id === sample) ?? { author: rules.author, text: start, place }
    );
  }

  function typed(fields: Fields): Draft {
    const draft = draftOf(undefined);
    return {
      author: fields['author'] ?? draft.author,
      text: fields['text'] ?? draft.text,
      place: rules.places.find((name) => name === fields['place']) ?? draft.place,
    };
  }
}

function limitOf(req: Request): number {
  const limit = Number(req.query['limit']);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : SHOWN;
}

function wantsJson(req: Request): boolean {
  return req.is('json') !== false || req.accepts(['html', 'json']) === 'json';
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
