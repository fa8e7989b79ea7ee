import type { RequestHandler, Response } from 'express';
import { editRegistry } from '../../registry/edit.ts';
import type { Path } from '../../registry/fault.ts';
import type { HttpDeps } from '../deps.ts';
import { current, editorIn, faultsOf, notFound, send, tokenIn, type Body } from './common.ts';
import { faultsAt } from './faults.ts';
import { sent } from './fields.ts';
import type { Records } from './records.ts';
import { formView, recordsView, tabs, type Faults } from './views.ts';

export async function listRecords(
  deps: HttpDeps,
  records: Records,
  response: Response,
): Promise<void> {
  const { definition } = await current(deps);
  send(response, records.title, recordsView(records, definition, tokenIn(response) !== null));
}

export const showRecord =
  (deps: HttpDeps, records: Records): RequestHandler<{ key: string }> =>
  async ({ params: { key } }, response) => {
    const { definition, number } = await current(deps);
    const record = records.find(definition, key);
    if (record === undefined && (key !== 'new' || tokenIn(response) === null)) {
      notFound(response);
      return;
    }
    const fields = records.fields(definition);
    const values = records.values(record, fields);
    sendRecord(response, records, key, { fields, values, faults: {}, number, record });
  };

interface RecordForm {
  fields: ReturnType<Records['fields']>;
  values: Record<string, string>;
  faults: Faults;
  number: number;
  record: unknown;
}

function sendRecord(
  response: Response,
  records: Records,
  key: string,
  { fields, values, faults, number, record }: RecordForm,
): void {
  const present = record !== undefined;
  const title = present ? records.titleOf(record) : records.newTitle;
  const body = formView({
    groups: [{ fields }],
    values,
    faults,
    token: tokenIn(response),
    version: number,
    present,
    ...(present && { remove: `/admin/${records.path}/${encodeURIComponent(key)}/remove` }),
  });
  const refused = Object.keys(faults).length > 0;
  send(response, title, `${tabs(records.path)}${body}`, refused ? 400 : 200);
}

export const saveRecord =
  (deps: HttpDeps, records: Records): RequestHandler<{ key: string }> =>
  async (request, response) => {
    const { key } = request.params;
    const { definition, number } = await current(deps);
    const before = records.find(definition, key);
    if (before === undefined && key !== 'new') {
      notFound(response);
      return;
    }
    const body = request.body as Body;
    const fields = records.fields(definition);
    const record = records.read(body, fields, before);
    const name = before === undefined ? sent(body, records.key) : key;
    const faults =
      before === undefined && (name === 'new' || records.find(definition, name) !== undefined)
        ? { [records.key]: [`«${name}» уже занято; допустимо: имя, которого в реестре ещё нет`] }
        : await faultsOf(async () => {
            let place: Path = [];
            const violations = await editRegistry(deps.db, editorIn(response, body), (source) => {
              records.save(source, name, record);
              place = records.place(source, name);
            });
            return violations.length > 0 ? faultsAt(violations, records.file, place, fields) : null;
          });
    if (faults === null) response.redirect(303, `/admin/${records.path}`);
    else {
      const values = records.values(record, fields);
      sendRecord(response, records, key, { fields, values, faults, number, record: before });
    }
  };

export const removeRecord =
  (deps: HttpDeps, records: Records): RequestHandler<{ key: string }> =>
  async (request, response) => {
    const { key } = request.params;
    const { definition, number } = await current(deps);
    const record = records.find(definition, key);
    if (record === undefined) {
      notFound(response);
      return;
    }
    const fields = records.fields(definition);
    const faults = await faultsOf(async () => {
      const used = await records.uses?.(deps.db.manager, key);
      if (used) return { '': [used] };
      const editor = editorIn(response, request.body as Body);
      const violations = await editRegistry(deps.db, editor, (source) =>
        records.remove(source, key),
      );
      return violations.length > 0
        ? { '': violations.map(({ file, message }) => `${file}: ${message}`) }
        : null;
    });
    if (faults === null) response.redirect(303, `/admin/${records.path}`);
    else {
      const values = records.values(record, fields);
      sendRecord(response, records, key, { fields, values, faults, number, record });
    }
  };
