import type { RequestHandler, Response } from 'express';
import { editRegistry } from '../../registry/edit.ts';
import type { HttpDeps } from '../deps.ts';
import { current, editorIn, faultsOf, send, tokenIn, type Body } from './common.ts';
import { faultsAt } from './faults.ts';
import { sent } from './fields.ts';
import { limitFields, limitGroups, limitValues, saveLimits } from './limits-form.ts';
import { formView, tabs, type Faults } from './views.ts';

export async function showLimits(
  deps: HttpDeps,
  response: Response,
  refused: { values: Record<string, string>; faults: Faults } | null = null,
): Promise<void> {
  const { definition, number } = await current(deps);
  const body = formView({
    groups: limitGroups(definition),
    values: refused?.values ?? limitValues(definition),
    faults: refused?.faults ?? {},
    token: tokenIn(response),
    version: number,
    present: true,
  });
  const note = `<p>Новые сроки действуют для поручений, которые начнутся после сохранения; сроки, которые уже
    идут, не меняются. Темы, муниципальные образования и слова для поиска правятся в файле region.yaml.</p>`;
  send(response, 'Сроки', `${tabs('limits')}${note}${body}`, refused ? 400 : 200);
}

export const changeLimits =
  (deps: HttpDeps): RequestHandler =>
  async (request, response) => {
    const body = request.body as Body;
    const { definition } = await current(deps);
    const fields = limitFields(definition);
    const faults = await faultsOf(async () => {
      const editor = editorIn(response, body);
      const violations = await editRegistry(deps.db, editor, (source) => saveLimits(source, body));
      return violations.length > 0 ? faultsAt(violations, 'region.yaml', null, fields) : null;
    });
    if (faults === null) response.redirect(303, '/admin/history');
    else {
      const values = Object.fromEntries(fields.map(({ name }) => [name, sent(body, name)]));
      await showLimits(deps, response, { values, faults });
    }
  };
