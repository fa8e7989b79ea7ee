import { Router, type Request, type Response } from 'express';
import { candidates, filesOfAssignment, type Candidate } from '../attachments/list.ts';
import type { AttachmentLinks, Side } from '../attachments/links.ts';
import { ENDED, placeOf, type Place } from '../attachments/place.ts';
import { receive, TooLarge, type AttachmentLimits } from '../attachments/receive.ts';
import { leaveOut, removeFile } from '../attachments/remove.ts';
import type { AttachmentStorage } from '../attachments/storage.ts';
import type { Database } from '../db/data-source.ts';
import { InputError } from '../errors.ts';
import type { Networks } from '../networks/registry.ts';
import { cutOff, drained } from './drain.ts';
import { sendFile } from './send-file.ts';
import { upload } from './upload.ts';
import { attachmentsPage } from './views/attachments.ts';
import { layout } from './views/layout.ts';

/** What the pages of photos and videos need. */
export interface AttachmentPages {
  storage: AttachmentStorage;
  limits: AttachmentLimits;
  links: AttachmentLinks;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Visit {
  side: Side;
  id: string;
}

/**
 * The pages on which an executor adds photos and videos to a draft and the curator to an answer
 * (clauses 7, 8, 11): reached by a signed link from the task, closed when the work ends.
 */
export function attachmentRoutes(
  deps: { db: Database; networks: Networks } & AttachmentPages,
): Router {
  const { db, links, limits, storage } = deps;
  const router = Router();

  router.use('/:side/:id', async (request, response, next) => {
    const { side, id } = request.params;
    response.set('cache-control', 'private, no-store');
    const checked = UUID.test(id) ? links.check(side, id, request.query, new Date()) : null;
    if (checked === null) return refuse(response, 403, 'Нет доступа', NO_LINK);
    if (checked.expired) return refuse(response, 410, 'Ссылка устарела', EXPIRED);
    const place = await placeOf(db.manager, checked.side, id);
    if (place === null || place.state === 'ended') {
      return refuse(response, 410, 'Работа закончена', ENDED);
    }
    response.locals['visit'] = { side: checked.side, id } satisfies Visit;
    next();
  });

  router.get('/:side/:id', async (_request, response) => {
    await show(response, 200);
  });

  router.post('/:side/:id', async (request, response) => {
    const visit = visitOf(response);
    await changing(request, response, () =>
      upload(request, limits.bytes, (file) => receive(deps, visit, file)),
    );
  });

  router.get('/:side/:id/files/:file', async (request, response) => {
    const { side, id } = visitOf(response);
    const place = await placeOf(db.manager, side, id);
    const files = place ? await filesAt(place) : [];
    const file = files.find((it) => it.id === request.params.file);
    if (file === undefined) return refuse(response, 404, 'Файл не найден', GONE);
    await sendFile(storage, file, request, response);
  });

  router.post('/:side/:id/files/:file/:change', async (request, response, next) => {
    const { side, id } = visitOf(response);
    const { file, change } = request.params;
    const act = changes.get(change);
    if (!UUID.test(file) || act === undefined) return next();
    await changing(request, response, () => act({ side, id }, file));
  });

  const changes = new Map<string, (visit: Visit, file: string) => Promise<void>>([
    ['remove', (visit, file) => removeFile(deps, visit, file)],
    ['leave-out', ({ side, id }, file) => answerOnly(side, () => leaveOut(deps, id, file, true))],
    ['take-in', ({ side, id }, file) => answerOnly(side, () => leaveOut(deps, id, file, false))],
  ]);

  const filesAt = async ({ message, assignmentId }: Place): Promise<Candidate[]> =>
    assignmentId === null
      ? candidates(db.manager, message.id)
      : (await filesOfAssignment(db.manager, assignmentId)).map((file) => ({
          ...file,
          agencyName: null,
        }));

  async function show(response: Response, status: number, fault?: string): Promise<void> {
    const { side, id } = visitOf(response);
    const place = await placeOf(db.manager, side, id);
    if (place === null) return refuse(response, 410, 'Работа закончена', ENDED);
    const network = deps.networks.find(place.message.network) ?? null;
    const address = new URL(response.req.originalUrl, 'http://localhost');
    response.status(status).send(
      attachmentsPage({
        place,
        files: await filesAt(place),
        network,
        limits: limits,
        path: `/attachments/${side}/${id}`,
        query: address.search,
        fault: fault ?? null,
      }),
    );
  }

  /** Does what the form or the script asks for; a refused one hears why. */
  async function changing(
    request: Request,
    response: Response,
    change: () => Promise<unknown>,
  ): Promise<void> {
    const { side, id } = visitOf(response);
    const script = request.accepts(['html', 'json']) === 'json';
    try {
      await change();
      if (!(await drained(request, limits.bytes))) cutOff(request, response);
      if (script) response.json({ status: 'ok' });
      else {
        const { search } = new URL(request.originalUrl, 'http://localhost');
        response.redirect(303, `/attachments/${side}/${id}${search}`);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const status = error instanceof TooLarge ? 413 : 400;
      const all = !(error instanceof TooLarge) && (await drained(request, limits.bytes));
      if (!all) cutOff(request, response);
      if (script) response.status(status).json({ error: error.message });
      else await show(response, status, error.message);
    }
  }

  return router;
}

/** Of a request that nobody asked for, no more than this is read. */
const REFUSED_BYTES = 1024 * 1024;

const NO_LINK = 'Откройте страницу по ссылке из задачи.';
const EXPIRED = 'Срок действия ссылки истёк. Попросите у куратора новую.';
const GONE = 'Возможно, его уже убрали: обновите страницу.';

const visitOf = (response: Response): Visit => response.locals['visit'] as Visit;

function answerOnly(side: Side, act: () => Promise<void>): Promise<void> {
  if (side === 'curator') return act();
  throw new InputError('Состав ответа определяет куратор.');
}

async function refuse(
  response: Response,
  status: number,
  title: string,
  why: string,
): Promise<void> {
  if (!(await drained(response.req, REFUSED_BYTES))) cutOff(response.req, response);
  if (response.req.accepts(['html', 'json']) === 'json') {
    response.status(status).json({ error: why });
  } else {
    response.status(status).send(layout(title, `<p>${why}</p>`));
  }
}
