import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { openApi, type Api } from '../../test/api.ts';
import { endpoints } from './api.ts';
import { endpointRoutes } from './router.ts';

/** Those that describe the interface and are not part of it. */
const ABOUT = ['/api/docs', '/api/openapi.json'];

describe('The description of the interface', () => {
  let api: Api;
  before(async () => void (api = await openApi()));
  after(() => api.close());

  it('is OpenAPI 3.1, and served to anyone as it is', async () => {
    const response = await fetch(`${api.url}/api/openapi.json`);
    expect(response.status).to.equal(200);
    const served = (await response.json()) as Record<string, unknown>;
    expect(served).to.deep.equal(JSON.parse(JSON.stringify(api.document)));
    const { valid, errors } = await new Validator().validate(served);
    expect(valid, JSON.stringify(errors)).to.be.true;
    const odd = { ...served, paths: { x: { get: { responses: 1 } } } };
    expect((await new Validator().validate(odd)).valid).to.be.false;
  });

  it('describes just what is served', () => {
    const router = endpointRoutes(endpoints({ db: api.stage.db, networks: api.stage.networks }));
    const served = router.stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : route.stack
            .filter(({ method }) => method !== undefined)
            .map(({ method }) => `${method} /api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`),
    );
    const described = Object.entries(api.document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(described).to.have.members([...new Set(served), 'get /metrics']);
    expect(described).to.have.length.above(3);
  });

  it('names every method of every path, and the server no other', async () => {
    const secret = await api.token();
    for (const [path, operations] of Object.entries(api.document.paths)) {
      const { status, headers } = await api.call('DELETE', path.replace('{id}', 'x'), secret);
      expect(status, path).to.equal(405);
      const allow = headers.get('allow')?.toLowerCase().split(', ') ?? [];
      expect(
        allow.filter((it) => it !== 'head'),
        path,
      ).to.have.members(Object.keys(operations));
    }
    for (const path of ABOUT) expect((await api.call('POST', path, null)).status).to.equal(405);
  });

  it('says of everything what it is, in Russian', () => {
    const nameless: string[] = [];
    for (const [path, operations] of Object.entries(api.document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const { summary, description, parameters } = operation as unknown as {
          summary: string;
          description: string;
          parameters?: { name: string; description?: string }[];
        };
        const texts = [summary, description, ...(parameters ?? []).map((it) => it.description)];
        if (!texts.every((text) => /[а-я]/.test(text ?? ''))) nameless.push(`${method} ${path}`);
      }
    }
    expect(nameless).to.be.empty;
  });
});
