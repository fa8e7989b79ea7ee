import type { Response } from 'express';
import { principalOf } from '../../access/authenticate.ts';
import { may } from '../../access/rights.ts';
import type { RegistryVersion } from '../../db/entities/registry-version.ts';
import { InputError } from '../../errors.ts';
import type { Editor } from '../../registry/edit.ts';
import { latestVersion } from '../../registry/versions.ts';
import type { HttpDeps } from '../deps.ts';
import { frameIn, page } from '../frame.ts';
import { sent } from './fields.ts';
import { ADMIN_STYLE, tabs, type Faults } from './views.ts';

/** What a form sent. */
export type Body = Record<string, unknown>;

/** The form's token for whoever may change the registry; null: they may only read. */
export const tokenIn = (response: Response): string | null => {
  const principal = principalOf(response);
  return principal && may(principal, 'registry:change') ? (frameIn(response)?.token ?? null) : null;
};

/** Who sent a form, and which version they saw. */
export function editorIn(response: Response, body: Body): Editor {
  const { login, name } = principalOf(response)!;
  return { login, name, version: Number(sent(body, 'version')) };
}

/** @throws InputError as long as no region was imported. */
export async function current({ db }: HttpDeps): Promise<RegistryVersion> {
  const latest = await latestVersion(db.manager);
  if (latest === null) {
    throw new InputError('Реестр ещё не загружен. Выполните: registry import ПАПКА.');
  }
  return latest;
}

/** A page of the registry; `body` is HTML. */
export const send = (response: Response, title: string, body: string, status = 200): void => {
  response.status(status).send(page(response, title, body, ADMIN_STYLE));
};
export const notFound = (response: Response): void =>
  send(response, 'Записи в реестре нет', tabs(''), 404);

/** What a refused change says, under the form's heading. */
export async function faultsOf(change: () => Promise<Faults | null>): Promise<Faults | null> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof InputError) return { '': [error.message] };
    throw error;
  }
}
