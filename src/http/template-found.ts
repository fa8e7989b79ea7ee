import type { Request, Response } from 'express';
import { z } from 'zod';
import { networkNames } from '../procedure/card.ts';
import { regionSettings } from '../registry/queries.ts';
import { templateById, type Template } from '../templates/template.ts';
import type { HttpDeps } from './deps.ts';
import { page } from './frame.ts';
import type { Names } from './views/templates.ts';

export type Given = Pick<HttpDeps, 'db' | 'zone'>;
export type Id = { id: string };

/** What topics and networks are called. */
export async function namesOf({ db }: Given): Promise<Names> {
  const { topics } = await regionSettings(db.manager);
  return {
    topics: Object.fromEntries(topics.map(({ code, name }) => [code, name])),
    networks: networkNames,
  };
}

/** The template of the address; when there is none, says so. */
export async function found(
  { db }: Given,
  request: Request<Id>,
  response: Response,
): Promise<Template | null> {
  const { id } = request.params;
  const template = z.uuid().safeParse(id).success ? await templateById(db.manager, id) : null;
  if (template === null) response.status(404).send(page(response, 'Шаблон не найден', ''));
  return template;
}
