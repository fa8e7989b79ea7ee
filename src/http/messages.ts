import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { principalOf } from '../access/authenticate.ts';
import type { FormTokens } from '../access/form-tokens.ts';
import { recordView } from '../access/views.ts';
import { may } from '../access/rights.ts';
import { maySee, visibleHistory } from '../access/visible.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { loadHistory } from '../db/history.ts';
import { relatedTo } from '../db/related.ts';
import { passedBy } from '../db/process-path.ts';
import { currentElements } from '../progress/current.ts';
import { passedElements } from '../progress/passed.ts';
import { addressOf } from './admission.ts';
import type { HttpDeps } from './deps.ts';
import { form } from './form.ts';
import { frameIn, page, signedIn } from './frame.ts';
import { sendFile } from './send-file.ts';
import { noteFault, mayNoteFaults, withdraw } from './message-acts.ts';
import { rightIn, type Right } from './message-right.ts';
import { messagePage } from './views/message/page.ts';
import { waysTo } from './ways.ts';

const EVERYBODY = { agencies: 'all' } as const;

/**
 * A message's page: the post, its history, each clock and why it is due when it is (the evidence of
 * clauses 12 and 13). Reached by a signed link, or by people who signed in, for the messages of their
 * agencies; a curator can withdraw the message and note a fault in the work on it as well.
 */
export function messageRoutes(deps: HttpDeps, formTokens: FormTokens): Router {
  const router = Router();
  router.use('/:id', allow(deps));
  router.get('/:id', show(deps));
  router.get('/:id/files/:file', file(deps));
  router.post(
    '/:id',
    (_request, response, next) => {
      if (rightIn(response).withdraw) next();
      else {
        const hint = '<p>Снять сообщение может куратор.</p>';
        response.status(403).send(page(response, 'Нет доступа', hint));
      }
    },
    form,
    (request, response, next) =>
      rightIn(response).needsToken ? formTokens.check(request, response, next) : next(),
    withdraw(deps),
  );
  router.post('/:id/shortcomings', mayNoteFaults, form, formTokens.check, noteFault(deps));
  return router;
}

const allow =
  ({ db, links }: HttpDeps): RequestHandler<{ id: string }> =>
  async (request, response, next) => {
    const { id } = request.params;
    const { key } = request.query;
    const principal = principalOf(response);
    const scope = links.scopeOf(id, key);
    if (scope === null) {
      if (principal === null && key === undefined) {
        signedIn(request as Request, response, next);
        return;
      }
      if (principal === null) {
        const hint = '<p>Откройте страницу по ссылке из задачи или письма.</p>';
        response.status(403).send(page(response, 'Нет доступа', hint));
        return;
      }
      if (!z.uuid().safeParse(id).success || !(await maySee(db.manager, principal, id))) {
        response.status(404).send(page(response, 'Сообщение не найдено', ''));
        return;
      }
    }
    const right: Right = {
      principal,
      withdraw: scope === 'curate' || principal?.role === 'curator',
      needsToken: scope !== 'curate',
    };
    response.locals['right'] = right;
    response.set('cache-control', 'private, no-store');
    next();
  };

const show =
  ({ db, zone, attachments, tasklistUrl }: HttpDeps): RequestHandler<{ id: string }> =>
  async (request, response) => {
    const history = await loadHistory(db, request.params.id);
    if (history === null) {
      response.status(404).send(page(response, 'Сообщение не найдено', ''));
      return;
    }
    const right = rightIn(response);
    const { principal } = right;
    const recorded = await passedBy(db.manager, history.message.processInstanceKey);
    const curates = right.withdraw && history.message.finishedAt === null;
    await recordView(db, history.message.id, principal ?? { address: addressOf(request) });
    const { search } = new URL(request.originalUrl, 'http://localhost');
    response.send(
      messagePage(visibleHistory(history, right.withdraw ? EVERYBODY : principal), {
        related: await relatedTo(db.manager, history.message),
        zone: await zone(),
        progress: {
          passed: passedElements(recorded),
          current: currentElements(history, recorded),
        },
        ways: waysTo(history.message, tasklistUrl, principal),
        canNoteFaults: principal !== null && may(principal, 'shortcomings:keep'),
        fileLink: (id) => `/messages/${request.params.id}/files/${id}${search}`,
        attachmentLink: curates ? (side, id) => attachments.links.link(side, id, new Date()) : null,
        canWithdraw: curates,
        frame: frameIn(response),
      }),
    );
  };

/** A photo or video of the message's answer, for as long as its bytes are kept. */
const file =
  ({ db, attachments }: HttpDeps): RequestHandler<{ id: string; file: string }> =>
  async (request, response) => {
    const { id: messageId, file: id } = request.params;
    const found = z.uuid().safeParse(id).success
      ? await db.manager.findOneBy(AttachmentEntity, { id, messageId, stored: true })
      : null;
    if (found === null) response.status(404).send(page(response, 'Файл не найден', ''));
    else await sendFile(attachments.storage, found, request, response);
  };
