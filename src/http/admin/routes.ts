import express, { Router, type RequestHandler, type Response } from 'express';
import type { FormTokens } from '../../access/form-tokens.ts';
import { FILES, type RegionFile } from '../../registry/parts.ts';
import { yamlOf } from '../../registry/source.ts';
import { versions } from '../../registry/versions.ts';
import type { HttpDeps } from '../deps.ts';
import { signedInFor } from '../frame.ts';
import { current, notFound, send } from './common.ts';
import { historyView } from './history-view.ts';
import { LIMITS } from './limits-form.ts';
import { changeNetworks, showNetworks } from './networks-routes.ts';
import { listRecords, removeRecord, saveRecord, showRecord } from './records-routes.ts';
import { RECORDS } from './records.ts';
import { SEARCH } from './search-form.ts';
import { changeSettings, showSettings } from './settings-routes.ts';

const HISTORY_ROWS = 200;
/** Longer than the form of a message: competences are long. */
const form = express.urlencoded({ extended: false, limit: '100kb' });

/**
 * The registry on a page: agencies, officials, hours, topics, municipalities, search words, limits, what
 * networks are switched to, and the history. The administrator changes it, the department head reads it.
 */
export function adminRoutes(deps: HttpDeps, formTokens: FormTokens): Router {
  const router = Router();
  router.use(readers);
  const change: RequestHandler[] = [changers, form, formTokens.check];
  router.get('/', (_request, response) => response.redirect(303, '/admin/agencies'));
  for (const records of RECORDS) {
    router.get(`/${records.path}`, (_request, response) => listRecords(deps, records, response));
    router.get(`/${records.path}/:key`, showRecord(deps, records));
    router.post(`/${records.path}/:key`, ...change, saveRecord(deps, records));
    router.post(`/${records.path}/:key/remove`, ...change, removeRecord(deps, records));
  }
  for (const settings of [SEARCH, LIMITS]) {
    router.get(`/${settings.path}`, (_request, response) => showSettings(deps, settings, response));
    router.post(`/${settings.path}`, ...change, changeSettings(deps, settings));
  }
  router.get('/networks', (_request, response) => showNetworks(deps, response));
  router.post('/networks', ...change, changeNetworks(deps));
  router.get('/history', (_request, response) => showHistory(deps, response));
  router.get('/export/:file', (request, response) =>
    exportFile(deps, request.params.file, response),
  );
  return router;
}

const readers = signedInFor(
  'registry:read',
  'Реестр открыт администратору и руководителю Департамента.',
);
const changers = signedInFor('registry:change', 'Реестр изменяет администратор.');

async function showHistory(deps: HttpDeps, response: Response): Promise<void> {
  const shown = await versions(deps.db.manager, HISTORY_ROWS);
  send(response, 'История реестра', historyView(shown, await deps.zone()));
}

async function exportFile(deps: HttpDeps, name: string, response: Response): Promise<void> {
  const file = FILES.find((it): it is RegionFile => it === name);
  if (file === undefined) {
    notFound(response);
    return;
  }
  const { definition } = await current(deps);
  response.attachment(file).type('text/yaml').send(yamlOf(definition, file));
}
