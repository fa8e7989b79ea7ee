import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { principalOf } from '../access/authenticate.ts';
import { InputError } from '../errors.ts';
import { createTemplate, editTemplate, withdrawTemplate } from '../templates/save.ts';
import { readTemplate } from '../templates/submission.ts';
import type { TemplateContent } from '../templates/template.ts';
import { frameIn, page } from './frame.ts';
import { found, namesOf, type Given, type Id } from './template-found.ts';
import { templateForm } from './views/template-form.ts';

const EMPTY: TemplateContent = { title: '', topic: null, network: null, text: '' };
const shownVersion = z.coerce.number().int().min(1).catch(0);

/** The form of a new template. */
export const openNew =
  (deps: Given): RequestHandler =>
  async (_request, response) => {
    response.send(await formPage(deps, response, { action: '/templates', content: EMPTY }));
  };

/** The form of one that is there. */
export const openForm =
  (deps: Given): RequestHandler<Id> =>
  async (request, response) => {
    const template = await found(deps, request, response);
    if (template === null) return;
    const action = `/templates/${template.id}`;
    response.send(
      await formPage(deps, response, { action, content: template, version: template.version }),
    );
  };

export const create =
  (deps: Given): RequestHandler =>
  async (request, response) => {
    await saving(deps, request, response, '/templates', undefined, (content, editor) =>
      deps.db.transaction((tx) => createTemplate(tx, content, editor)),
    );
  };

export const edit =
  (deps: Given): RequestHandler<Id> =>
  async (request, response) => {
    const template = await found(deps, request, response);
    if (template === null) return;
    const { id } = template;
    const version = shownVersion.parse((request.body as Record<string, unknown>)['version']);
    await saving(deps, request, response, `/templates/${id}`, version, async (content, editor) => {
      await deps.db.transaction((tx) => editTemplate(tx, id, version, content, editor));
      return id;
    });
  };

/** Saves what the form holds, or shows it again with what is wrong. */
async function saving(
  deps: Given,
  request: Request<Partial<Id>>,
  response: Response,
  action: string,
  version: number | undefined,
  save: (content: TemplateContent, editor: { login: string; name: string }) => Promise<string>,
): Promise<void> {
  const { topics, networks } = await namesOf(deps);
  try {
    const known = { topics: Object.keys(topics), networks: Object.keys(networks) };
    const id = await save(readTemplate(request.body, known), principalOf(response)!);
    response.redirect(303, `/templates/${id}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const given = request.body as Record<string, unknown>;
    const said = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
    const content = {
      title: said('title'),
      topic: said('topic') || null,
      network: said('network') || null,
      text: said('text'),
    };
    const refusal = error.message;
    response
      .status(400)
      .send(await formPage(deps, response, { action, content, version, refusal }));
  }
}

export const withdraw =
  (deps: Given, withdrawn: boolean): RequestHandler<Id> =>
  async (request, response) => {
    const template = await found(deps, request, response);
    if (template === null) return;
    await deps.db.transaction((tx) =>
      withdrawTemplate(tx, template.id, withdrawn, principalOf(response)!),
    );
    response.redirect(303, `/templates/${template.id}`);
  };

async function formPage(
  deps: Given,
  response: Response,
  given: {
    action: string;
    content: TemplateContent;
    version?: number | undefined;
    refusal?: string;
  },
): Promise<string> {
  const body = templateForm({
    ...given,
    names: await namesOf(deps),
    token: frameIn(response)?.token ?? '',
  });
  return page(response, given.version === undefined ? 'Новый шаблон' : 'Изменить шаблон', body);
}
