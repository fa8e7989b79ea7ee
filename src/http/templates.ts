import { Router, type RequestHandler, type Response } from 'express';
import { principalOf } from '../access/authenticate.ts';
import type { FormTokens } from '../access/form-tokens.ts';
import { may } from '../access/rights.ts';
import { allTemplates, versionsOf } from '../templates/template.ts';
import { form } from './form.ts';
import { frameIn, page, signedInFor } from './frame.ts';
import { create, edit, openForm, openNew, withdraw } from './template-editing.ts';
import { found, namesOf, type Given, type Id } from './template-found.ts';
import { templateList, templatePage } from './views/templates.ts';

/**
 * The library of answers' templates (order, item 2): curators keep it, executors and those who supervise
 * them read it.
 */
export function templateRoutes(deps: Given, formTokens: FormTokens): Router {
  const router = Router();
  const edits = [editors, form, formTokens.check];
  router.use(reads);
  router.get('/', list(deps));
  router.get('/new', editors, openNew(deps));
  router.post('/', edits, create(deps));
  router.get('/:id', show(deps));
  router.get('/:id/edit', editors, openForm(deps));
  router.post('/:id', edits, edit(deps));
  router.post('/:id/withdraw', edits, withdraw(deps, true));
  router.post('/:id/restore', edits, withdraw(deps, false));
  return router;
}

const reads = signedInFor(
  'templates:read',
  'Шаблоны доступны куратору, исполнителям и руководству.',
);
const editors = signedInFor('templates:edit', 'Шаблоны ведёт куратор.');

const mayEdit = (response: Response): boolean => {
  const principal = principalOf(response);
  return principal !== null && may(principal, 'templates:edit');
};

const list =
  (deps: Given): RequestHandler =>
  async (request, response) => {
    const chosen = (name: string) => {
      const value = request.query[name];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    const [topic, network] = [chosen('topic'), chosen('network')];
    const templates = (await allTemplates(deps.db.manager)).filter(
      (it) =>
        (topic === null || it.topic === topic || it.topic === null) &&
        (network === null || it.network === network || it.network === null) &&
        (it.withdrawnAt === null || mayEdit(response)),
    );
    const body = templateList(templates, {
      names: await namesOf(deps),
      chosen: { topic, network },
      edits: mayEdit(response),
    });
    response.send(page(response, 'Шаблоны ответов', body));
  };

const show =
  (deps: Given): RequestHandler<Id> =>
  async (request, response) => {
    const template = await found(deps, request, response);
    if (template === null) return;
    const body = templatePage(template, await versionsOf(deps.db.manager, template.id), {
      names: await namesOf(deps),
      zone: await deps.zone(),
      token: mayEdit(response) ? (frameIn(response)?.token ?? '') : null,
    });
    response.send(page(response, template.title, body));
  };
