import type { RequestHandler, Response } from 'express';
import { editRegistry } from '../../registry/edit.ts';
import type { RegionSource } from '../../registry/source.ts';
import type { HttpDeps } from '../deps.ts';
import { current, editorIn, faultsOf, send, tokenIn, type Body } from './common.ts';
import { faultsAt } from './faults.ts';
import { sent, type Field, type Values } from './fields.ts';
import { formView, tabs, type Faults } from './views.ts';

/** A form over what `region.yaml` says of the region as a whole. */
export interface SettingsForm {
  /** The part of the address. */
  path: string;
  title: string;
  /** What is good to know before changing it. */
  note: string;
  groups(source: RegionSource): readonly { title?: string; fields: readonly Field[] }[];
  values(source: RegionSource): Values;
  /** Puts what the form says into the settings; not checked yet. */
  save(source: RegionSource, body: Body): void;
}

export async function showSettings(
  deps: HttpDeps,
  form: SettingsForm,
  response: Response,
  refused: { values: Values; faults: Faults } | null = null,
): Promise<void> {
  const { definition, number } = await current(deps);
  const body = formView({
    groups: form.groups(definition),
    values: refused?.values ?? form.values(definition),
    faults: refused?.faults ?? {},
    token: tokenIn(response),
    version: number,
    present: true,
  });
  const page = `${tabs(form.path)}<p>${form.note}</p>${body}`;
  send(response, form.title, page, refused ? 400 : 200);
}

export const changeSettings =
  (deps: HttpDeps, form: SettingsForm): RequestHandler =>
  async (request, response) => {
    const body = request.body as Body;
    const { definition } = await current(deps);
    const fields = form.groups(definition).flatMap((group) => group.fields);
    const faults = await faultsOf(async () => {
      const editor = editorIn(response, body);
      const violations = await editRegistry(deps.db, editor, (source) => form.save(source, body));
      return violations.length > 0 ? faultsAt(violations, 'region.yaml', [], fields) : null;
    });
    if (faults === null) response.redirect(303, '/admin/history');
    else {
      const values = Object.fromEntries(fields.map(({ name }) => [name, sent(body, name)]));
      await showSettings(deps, form, response, { values, faults });
    }
  };
