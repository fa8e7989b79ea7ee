import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { createToken, type NewToken } from '../src/access/token.ts';
import { endpoints } from '../src/api/api.ts';
import { createDocument } from '../src/api/document.ts';
import type { Engine } from '../src/engine/client.ts';
import { createApp } from '../src/http/app.ts';
import type { HttpDeps } from '../src/http/deps.ts';
import { createPageLinks } from '../src/http/page-link.ts';
import { networksOf } from '../src/networks/registry.ts';
import { attachmentPages } from './attachments.ts';
import { openStage, type Stage } from './stage.ts';
import { openVk, type VkSandbox } from './vk.ts';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

/** The description of the interface as a test reads it. */
export interface Described {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

/** An answer whose status, type and body the description promises. */
export interface Told {
  status: number;
  headers: Headers;
  /** Of JSON; a text otherwise. */
  body: unknown;
}

/** The interface on a database of its own, with a stand-in for VKontakte behind it. */
export interface Api {
  stage: Stage;
  world: VkSandbox;
  url: string;
  document: Described;
  /** A token's secret. */
  token(over?: Partial<NewToken>): Promise<string>;
  /** Sends a request and holds its answer against the description. */
  call(method: string, path: string, secret: string | null, body?: unknown): Promise<Told>;
  /** The same for whatever `fetch` can send. */
  send(path: string, init: RequestInit): Promise<Told>;
  close(): Promise<void>;
}

export async function openApi(over: Partial<HttpDeps> = {}): Promise<Api> {
  const stage = await openStage();
  const world = await openVk();
  const { db } = stage;
  const networks = networksOf(world.vk);
  const app = createApp({
    db,
    engine: {} as Engine,
    links: createPageLinks('', 'a secret of sixteen'),
    zone: () => Promise.resolve('Europe/Moscow'),
    tasklistUrl: 'http://tasklist.example',
    networks,
    networkSetup: stage.networkSetup,
    calendars: stage.calendars,
    attachments: attachmentPages(db),
    access: { secret: 'a secret of sixteen', publicUrl: 'http://localhost:3000', oidc: null },
    limits: { requests: 1_000_000, failures: 1_000_000 },
    ...over,
  });
  const server: Server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const document = createDocument(endpoints({ db, networks })) as unknown as Described;
  const contract = contractOf(document);

  const send: Api['send'] = async (path, init) => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body: unknown = /json/.test(type) && text !== '' ? JSON.parse(text) : text;
    contract(init.method ?? 'GET', path, response.status, type, body);
    return { status: response.status, headers: response.headers, body };
  };
  return {
    stage,
    world,
    url,
    document,
    token: async (given = {}) => {
      const usual = { name: 'проверка', role: 'curator', agencies: null, days: 1 } as const;
      return (await createToken(db, { ...usual, ...given }, new Date())).secret;
    },
    send,
    call: (method, path, secret, body) =>
      send(path, {
        method,
        headers: {
          ...(secret !== null && { authorization: `Bearer ${secret}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await world.close();
      await stage.close();
    },
  };
}

/** Checks an answer: of a known operation by its description, of any other as a problem. */
function contractOf({ paths, components }: Described) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const compiled = new Map<unknown, ValidateFunction>();
  const validator = (schema: unknown) => {
    const known = compiled.get(schema) ?? ajv.compile({ ...(schema as object), components });
    compiled.set(schema, known);
    return known;
  };
  ajv.addKeyword('components');
  const problem = { $ref: '#/components/schemas/Problem' };

  return (method: string, path: string, status: number, type: string, body: unknown) => {
    const where = `${method} ${path.slice(0, 80)}: ${status}`;
    const operation = operationAt(paths, method, path);
    const content = operation?.responses[status]?.content ?? {
      'application/problem+json': { schema: problem },
    };
    if (operation) expect(operation.responses, where).to.have.property(String(status));
    const [mediaType = '', described] = Object.entries(content)[0] ?? [];
    expect(type, where).to.match(new RegExp(`^${mediaType.replace('+', '\\+')}(;|$)`));
    if (method === 'HEAD' || !/json/.test(mediaType)) return;
    const validate = validator(described?.schema ?? problem);
    expect(validate(body), `${where}: ${ajv.errorsText(validate.errors)}`).to.equal(true);
  };
}

function operationAt(paths: Described['paths'], method: string, path: string) {
  const asked = path.split('?')[0] ?? '';
  const [, operations] =
    Object.entries(paths).find(([template]) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked),
    ) ?? [];
  return operations?.[method.toLowerCase().replace('head', 'get')];
}
