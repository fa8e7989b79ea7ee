import { request as rawRequest } from 'node:http';
import { once } from 'node:events';
import { expect } from 'chai';
import { openApi, type Api, type Told } from '../../test/api.ts';
import { log } from '../log.ts';

const errorsOf = ({ body }: Told) =>
  (body as { errors?: { detail: string; pointer?: string; parameter?: string }[] }).errors ?? [];
const kindOf = ({ body }: Told) =>
  (body as { type: string }).type.replace('urn:otklik:problem:', '');

describe('A request that cannot be served', () => {
  let api: Api;
  let secret: string;
  before(async () => {
    api = await openApi();
    secret = await api.token();
  });
  after(() => api.close());

  const post = (body: string | Buffer, type: string | null = 'application/json') =>
    api.send('/api/v1/messages', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        ...(type !== null && { 'content-type': type }),
      },
      body,
    });

  for (const [what, body, status, kind] of [
    ['malformed JSON', '{"url": ', 400, 'malformed-json'],
    ['a bare text', '"https://vk.com/wall-1_2"', 400, 'malformed-json'],
    ['deep nesting', '['.repeat(50_000), 400, 'malformed-json'],
    [
      'deep nesting that is closed',
      `{"url":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
      422,
      'invalid-body',
    ],
    ['a body beyond 100 kB', JSON.stringify({ url: 'a'.repeat(110_000) }), 413, 'too-large'],
    ['nothing', '', 422, 'invalid-body'],
    ['a list', '[]', 422, 'invalid-body'],
    ['nothing of what is needed', '{}', 422, 'invalid-body'],
  ] as const) {
    it(`is answered with ${status} for ${what}`, async () => {
      const told = await post(body);
      expect(told.status).to.equal(status);
      expect(kindOf(told)).to.equal(kind);
      expect(told.headers.get('cache-control')).to.equal('no-store');
    });
  }

  for (const [what, type, body] of [
    ['a form', 'application/x-www-form-urlencoded', 'url=1'],
    ['text', 'text/plain', '{}'],
    ['another encoding', 'application/json; charset=koi8-r', '{}'],
    ['bytes without a type', null, Buffer.from('{}')],
  ] as const) {
    it(`is answered with 415 for ${what}`, async () => {
      const told = await post(body, type);
      expect([told.status, kindOf(told)]).to.deep.equal([415, 'unsupported-media-type']);
    });
  }

  it('names every field that is wrong, and what is allowed', async () => {
    const body = { text: 7, author: ' ', publishedAt: 'вчера', 'лишнее/~': 1, __proto__x: 2 };
    const told = await post(JSON.stringify(body));
    expect(told.status).to.equal(422);
    const errors = errorsOf(told);
    expect(errors.map(({ pointer }) => pointer)).to.have.members([
      '/url',
      '/text',
      '/author',
      '/publishedAt',
      '/лишнее~1~0',
      '/__proto__x',
    ]);
    expect(errors.filter(({ detail }) => !/[а-я]/.test(detail))).to.be.empty;
    const of = (pointer: string) => errors.find((it) => it.pointer === pointer)?.detail;
    expect(of('/url')).to.equal('обязательно');
    expect(of('/text')).to.equal('допустимо: строка');
    expect(of('/publishedAt')).to.contain('2026-11-24T18:00:00+03:00');
  });

  for (const [query, parameter] of [
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['status=unknown', 'status'],
    ['status=triage&status=x', 'status'],
    ['urgent=yes', 'urgent'],
    ['agency=%00', 'agency'],
    ['detectedFrom=2026-11-24', 'detectedFrom'],
    ['detectedFrom=2026-02-30T00:00:00Z', 'detectedFrom'],
    ['sort=name', 'sort'],
    ['cursor=abc', 'cursor'],
    [
      `cursor=${Buffer.from('["detected","2026-02-30 00:00:00+00","x"]').toString('base64url')}`,
      'cursor',
    ],
    ['stat=triage', 'stat'],
    ['q=a&q=b', 'q'],
  ] as const) {
    it(`is told that ${parameter} is wrong in ${query.slice(0, 40)}`, async () => {
      const told = await api.call('GET', `/api/v1/messages?${query}`, secret);
      expect([told.status, kindOf(told)]).to.deep.equal([400, 'invalid-parameters']);
      expect(errorsOf(told).map((it) => it.parameter)).to.deep.equal([parameter]);
      expect(errorsOf(told)[0]?.detail).to.match(/[а-я]/);
    });
  }

  it('is answered with 404 where nothing is', async () => {
    for (const path of [
      '/api',
      '/api/v1',
      '/api/v2/messages',
      '/api/v1/message',
      '/api/v1/messages/x/y',
    ]) {
      const told = await api.call('GET', path, secret);
      expect([told.status, kindOf(told)], path).to.deep.equal([404, 'not-found']);
    }
    expect((await api.call('GET', '/api/v1/messages/%00', secret)).status).to.equal(404);
    expect((await api.call('GET', '/metrics/x', null)).status).to.equal(404);
  });

  it('is answered with 400 when its address is none', async () => {
    const { hostname, port } = new URL(api.url);
    const headers = { authorization: `Bearer ${secret}` };
    const path = '/api/v1/messages/%E0%A4%A';
    const request = rawRequest({ hostname, port, path, headers }).end();
    const [response] = (await once(request, 'response')) as [
      { statusCode: number; headers: Record<string, string> },
    ];
    expect(response.statusCode).to.equal(400);
    expect(response.headers['content-type']).to.contain('application/problem+json');
    request.destroy();
  });

  it('is answered in general words when the database fails', async () => {
    const alone = await openApi();
    const { error, warn } = log;
    const lines: unknown[] = [];
    log.error = log.warn = ((...line: unknown[]) => void lines.push(line)) as typeof log.error;
    try {
      const held = await alone.token();
      await alone.stage.db.query('alter table message rename to elsewhere');
      const told = await alone.call('GET', '/api/v1/messages', held);
      expect([told.status, kindOf(told)]).to.deep.equal([500, 'internal']);
      expect(JSON.stringify(told.body)).not.to.match(/relation|elsewhere|select/);
      await alone.stage.db.destroy();
      const away = await alone.call('GET', '/api/v1/messages', held);
      expect(away.status).to.equal(503);
      expect(away.headers.get('retry-after')).to.match(/^\d+$/);
      expect(lines).to.have.length(2);
      expect(JSON.stringify(lines)).not.to.contain(held);
    } finally {
      Object.assign(log, { error, warn });
      await alone.close();
    }
  });
});

describe('The pace of requests', () => {
  let api: Api;
  before(async () => void (api = await openApi({ limits: { requests: 5, failures: 3 } })));
  after(() => api.close());

  const list = (secret: string | null) => api.call('GET', '/api/v1/messages', secret);

  it('is limited for each principal, who is told how long to wait', async () => {
    const [one, other] = [await api.token(), await api.token()];
    for (let n = 0; n < 5; n += 1) expect((await list(one)).status).to.equal(200);
    const told = await list(one);
    expect([told.status, kindOf(told)]).to.deep.equal([429, 'too-many-requests']);
    expect(Number(told.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await list(other)).status).to.equal(200);
  });

  it('is limited for wrong tokens by address, and right ones go on', async () => {
    const right = await api.token();
    for (let n = 0; n < 3; n += 1) expect((await list('otklik_wrong')).status).to.equal(401);
    const told = await list('otklik_wrong');
    expect(told.status).to.equal(429);
    expect(Number(told.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await list(right)).status).to.equal(200);
    expect((await list(null)).status).to.equal(401);
  });
});
