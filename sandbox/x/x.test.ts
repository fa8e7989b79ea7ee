import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Sandbox } from '../sandbox.ts';
import { pixel, startSandbox, stopSandboxes } from '../testing.ts';
import { createRateLimits } from './rate.ts';
import type { Tweet } from './types.ts';

const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

interface Body {
  data: { id: string; text: string; edit_history_tweet_ids: string[] } & Record<string, unknown>;
  errors: { type: string; resource_id: string; message: string }[];
  meta: { result_count: number; next_token?: string; newest_id?: string };
  includes: { users: { username: string }[]; media: { media_key: string; url: string }[] };
  detail: string;
  title: string;
}
type Answer<B = Body> = { status: number; headers: Headers; body: B };
type List = Omit<Body, 'data'> & { data: Body['data'][] };

/** Calls the API as a client would, signed by RFC 5849; `secret` may be wrong. */
async function call<B = Body>(
  sandbox: Sandbox,
  method: string,
  path: string,
  given: { query?: Record<string, string>; body?: object | FormData; secret?: string } = {},
): Promise<Answer<B>> {
  const { keys } = sandbox.x.options;
  const url = `${sandbox.x.url}${path}`;
  const oauth: Record<string, string> = {
    oauth_consumer_key: keys.apiKey,
    oauth_nonce: randomBytes(8).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
  };
  const pairs = Object.entries({ ...given.query, ...oauth });
  const parameters = pairs
    .map(([key, value]) => `${percent(key)}=${percent(value)}`)
    .sort()
    .join('&');
  const base = [method, url, parameters].map(percent).join('&');
  const key = `${keys.apiSecret}&${given.secret ?? keys.accessSecret}`;
  const signature = createHmac('sha1', key).update(base).digest('base64');
  const header = Object.entries({ ...oauth, oauth_signature: signature })
    .map(([name, value]) => `${name}="${percent(value)}"`)
    .join(', ');
  const query = new URLSearchParams(given.query).toString();
  const multipart = given.body instanceof FormData;
  const response = await fetch(query === '' ? url : `${url}?${query}`, {
    method,
    headers: {
      authorization: `OAuth ${header}`,
      ...(given.body && !multipart && { 'content-type': 'application/json' }),
    },
    ...(given.body && {
      body: given.body instanceof FormData ? given.body : JSON.stringify(given.body),
    }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as B };
}

const idOf = (tweet: Tweet) => tweet.versions[0]?.id ?? '';
const at = (sandbox: Sandbox) => `@${sandbox.x.options.official.username}`;

function publish(sandbox: Sandbox, text: string, replyTo?: string) {
  const reply = replyTo && { reply: { in_reply_to_tweet_id: replyTo } };
  return call(sandbox, 'POST', '/2/tweets', { body: { text, ...reply } });
}

describe('X stand-in: API', () => {
  afterEach(stopSandboxes);
  const start = (x = {}) => startSandbox({ x: { rateLimits: null, ...x } });

  it('answers 401 to what is not signed by the account', async () => {
    const sandbox = await start();
    expect((await fetch(`${sandbox.x.url}/2/tweets?ids=1`)).status).to.equal(401);
    const wrong = await call(sandbox, 'GET', '/2/tweets', { query: { ids: '1' }, secret: 'no' });
    expect(wrong.status).to.equal(401);
    expect(wrong.body.title).to.equal('Unauthorized');
  });

  it('gives id, text and history by default, and the fields that were asked for', async () => {
    const sandbox = await start();
    const id = idOf(sandbox.x.post({ author: 'Анна', text: 'Нет воды', photos: [pixel] }));
    const bare = await call<List>(sandbox, 'GET', '/2/tweets', { query: { ids: id } });
    expect(Object.keys(bare.body.data[0] ?? {})).to.deep.equal([
      'id',
      'text',
      'edit_history_tweet_ids',
    ]);
    const query = {
      ids: id,
      'tweet.fields': 'author_id,created_at,attachments',
      expansions: 'author_id,attachments.media_keys',
      'media.fields': 'url',
    };
    const { body } = await call<List>(sandbox, 'GET', '/2/tweets', { query });
    expect(body.data[0]).to.include.keys('author_id', 'created_at', 'attachments');
    expect(body.includes.users[0]?.username).to.equal('citizen_1');
    expect((await fetch(body.includes.media[0]?.url ?? '')).status).to.equal(200);
  });

  it('tells of missing posts among the errors of a success', async () => {
    const sandbox = await start();
    const kept = idOf(sandbox.x.post({ text: 'есть' }));
    const gone = idOf(sandbox.x.post({ text: 'нет' }));
    sandbox.x.delete(gone);
    const { status, body } = await call<List>(sandbox, 'GET', '/2/tweets', {
      query: { ids: `${kept},${gone}` },
    });
    expect(status).to.equal(200);
    expect(body.data.map(({ id }) => id)).to.deep.equal([kept]);
    expect(body.errors[0]).to.include({ resource_id: gone });
    expect(body.errors[0]?.type).to.match(/resource-not-found$/);
  });

  it('makes a new id of every edit; all versions go together', async () => {
    const sandbox = await start();
    const id = idOf(sandbox.x.post({ text: 'было' }));
    const last = sandbox.x.edit(id, 'стало').versions.at(-1)?.id ?? '';
    const look = (ids: string) => call<List>(sandbox, 'GET', '/2/tweets', { query: { ids } });
    expect((await look(id)).body.data[0]).to.deep.include({
      text: 'было',
      edit_history_tweet_ids: [id, last],
    });
    expect((await look(last)).body.data[0]?.text).to.equal('стало');
    sandbox.x.delete(last);
    expect((await look(`${id},${last}`)).body.errors).to.have.length(2);
  });

  it('searches words, phrases, names and groups, newest first, page by page', async () => {
    const sandbox = await start();
    for (const text of ['яма в Смоленске', 'Смоленск, яма', `${at(sandbox)} Смоленск`, 'Вязьма']) {
      sandbox.x.post({ text });
    }
    const found = async (query: string, more: Record<string, string> = {}) => {
      const path = '/2/tweets/search/recent';
      const { body } = await call<List>(sandbox, 'GET', path, { query: { query, ...more } });
      return body;
    };
    const texts = async (query: string) => (await found(query)).data?.map(({ text }) => text) ?? [];
    expect(await texts('смоленск')).to.have.length(2);
    expect(await texts('яма смоленск')).to.deep.equal(['Смоленск, яма']);
    expect(await texts('"смоленск яма"')).to.deep.equal(['Смоленск, яма']);
    expect(await texts('(Вязьма OR смоленск) -яма')).to.have.length(2);
    expect(await texts(`${at(sandbox)} -is:retweet`)).to.have.length(1);
    expect(await texts('from:citizen_1 вязьма')).to.deep.equal(['Вязьма']);
    expect(await texts('нигде')).to.deep.equal([]);
    for (let n = 0; n < 15; n += 1) sandbox.x.post({ text: `номер ${n}` });
    const first = await found('номер', { max_results: '10' });
    const token = first.meta.next_token ?? '';
    const second = await found('номер', { max_results: '10', next_token: token });
    expect([first.meta.result_count, second.meta.result_count]).to.deep.equal([10, 5]);
    expect(second.meta.next_token).to.equal(undefined);
  });

  for (const [path, query, words] of [
    ['/2/tweets/search/recent', { query: '' }, 'between 1 and 512'],
    ['/2/tweets/search/recent', { query: 'я'.repeat(513) }, 'between 1 and 512'],
    ['/2/tweets/search/recent', { query: '(а' }, 'errors processing'],
    ['/2/tweets/search/recent', { query: 'а has:nothing' }, 'errors processing'],
    ['/2/tweets/search/recent', { query: 'а', max_results: '101' }, 'between 10 and 100'],
    ['/2/tweets/search/recent', { query: 'а', start_time: '2020-01-01T00:00:00Z' }, '7 days'],
    ['/2/tweets/search/recent', { query: 'а', start_time: 'вчера' }, 'not a valid date'],
    ['/2/tweets', { ids: '' }, 'between 1 and 100'],
    ['/2/tweets', { ids: 'я' }, 'not valid'],
  ] as const) {
    it(`answers 400 to ${path} ${JSON.stringify(query).slice(0, 60)}`, async () => {
      const { status, body } = await call(await start(), 'GET', path, { query });
      expect(status).to.equal(400);
      expect(body.errors[0]?.message).to.contain(words);
    });
  }

  it('publishes with 201 and shows the answer with the name before it', async () => {
    const sandbox = await start();
    const id = idOf(sandbox.x.post({ text: `${at(sandbox)} вопрос` }));
    const { status, body } = await publish(sandbox, 'Ответ & <ссылка> https://example.com/1', id);
    expect(status).to.equal(201);
    const path = `/2/users/${sandbox.x.options.official.id}/tweets`;
    const query = { 'tweet.fields': 'entities,referenced_tweets' };
    const own = await call<List>(sandbox, 'GET', path, { query });
    expect(own.body.data[0]).to.deep.include({
      id: body.data.id,
      referenced_tweets: [{ type: 'replied_to', id }],
    });
    expect(own.body.data[0]?.text).to.match(
      /^@citizen_1 Ответ &amp; &lt;ссылка&gt; https:\/\/t\.co\/.{10}$/,
    );
  });

  it('counts a text as X does: 280 of weight are taken, 281 are not', async () => {
    const sandbox = await start();
    expect((await publish(sandbox, 'я'.repeat(280))).status).to.equal(201);
    const long = `${'ж'.repeat(256)} https://example.com/${'a'.repeat(300)}`;
    expect((await publish(sandbox, long)).status).to.equal(201);
    const refused = await publish(sandbox, `${'я'.repeat(279)}👍`);
    expect(refused.status).to.equal(400);
    expect(refused.body.errors[0]?.message).to.contain('Your Tweet text is too long');
  });

  it('refuses repeats, foreign conversations and posts that are gone with 403', async () => {
    const sandbox = await start();
    const asked = idOf(sandbox.x.post({ text: `${at(sandbox)} вопрос` }));
    const unasked = idOf(sandbox.x.post({ text: 'вопрос' }));
    const closed = idOf(sandbox.x.post({ text: 'вопрос', restricted: true }));
    expect((await publish(sandbox, 'Ответ', asked)).status).to.equal(201);
    for (const [text, id, words] of [
      ['Ответ', asked, 'duplicate content'],
      ['Другой', unasked, 'not been mentioned'],
      ['Другой', closed, 'restricted who can reply'],
      ['Другой', '1', 'deleted or not visible'],
    ] as const) {
      const { status, body } = await publish(sandbox, text, id);
      expect(status).to.equal(403);
      expect(body.detail).to.contain(words);
    }
    expect(sandbox.x.answers(asked)).to.have.length(1);
  });

  it('lets an enterprise answer anyone', async () => {
    const sandbox = await start({ replies: 'anyone' });
    const id = idOf(sandbox.x.post({ text: 'вопрос' }));
    expect((await publish(sandbox, 'Ответ', id)).status).to.equal(201);
  });

  it('works on a GIF for a while and takes it when it is ready', async () => {
    const sandbox = await start();
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    const body = { media_type: 'image/gif', total_bytes: gif.length, media_category: 'tweet_gif' };
    type Media = { data: { id: string; processing_info?: { state: string } } };
    const begun = await call<Media>(sandbox, 'POST', '/2/media/upload/initialize', { body });
    const { id } = begun.body.data;
    const post = () => call(sandbox, 'POST', '/2/tweets', { body: { media: { media_ids: [id] } } });
    const form = new FormData();
    form.set('segment_index', '0');
    form.set('media', new Blob([new Uint8Array(gif)]));
    const upload = `/2/media/upload/${id}`;
    expect((await call(sandbox, 'POST', `${upload}/finalize`)).status).to.equal(400);
    expect((await call(sandbox, 'POST', `${upload}/append`, { body: form })).status).to.equal(200);
    const states = [(await call<Media>(sandbox, 'POST', `${upload}/finalize`)).body];
    expect((await post()).status).to.equal(400);
    const query = { command: 'STATUS', media_id: id };
    for (let n = 0; n < 2; n += 1) {
      states.push((await call<Media>(sandbox, 'GET', '/2/media/upload', { query })).body);
    }
    expect(states.map(({ data }) => data.processing_info?.state)).to.deep.equal([
      'in_progress',
      'in_progress',
      'succeeded',
    ]);
    expect((await post()).status).to.equal(201);
  });

  it('keeps posts, answers and pictures over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'otklik-sandbox-'));
    try {
      const before = await startSandbox({ dataDir });
      const id = idOf(before.x.post({ text: `${at(before)} вопрос`, photos: [pixel] }));
      await publish(before, 'Ответ', id);
      await stopSandboxes();
      const after = await startSandbox({ dataDir });
      expect(after.x.answers(id).map(({ text }) => text)).to.deep.equal(['Ответ']);
      const page = await (await fetch(`${after.x.url}/citizen_1/status/${id}`)).text();
      const picture = /src="(\/x\/media\/[^"]+)"/.exec(page)?.[1] ?? '';
      expect((await fetch(`${after.url}${picture}`)).status).to.equal(200);
      expect((await publish(after, 'Ответ', id)).status).to.equal(403);
    } finally {
      await stopSandboxes();
      rmSync(dataDir, { recursive: true });
    }
  });

  it('tells the calls left in every answer and 429 when there are none', async () => {
    const sandbox = await start({ rateLimits: { 'GET /2/tweets': 2 } });
    const query = { ids: '1' };
    const answers: Answer[] = [];
    for (let n = 0; n < 3; n += 1) answers.push(await call(sandbox, 'GET', '/2/tweets', { query }));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-rate-limit-remaining'))).to.deep.equal([
      '1',
      '0',
      '0',
    ]);
    const reset = Number(answers[2]?.headers.get('x-rate-limit-reset'));
    expect(reset - Date.now() / 1000).to.be.within(890, 901);
  });

  it('begins a new window after 15 minutes', () => {
    let now = 1000;
    const limits = createRateLimits({ a: 1 }, () => now);
    expect(limits.take('a').over).to.equal(false);
    now += 899;
    expect(limits.take('a').over).to.equal(true);
    now += 1;
    expect(limits.take('a').over).to.equal(false);
  });

  for (const [kind, status] of [
    ['rate', 429],
    ['captcha', 403],
    ['permission', 403],
    ['refused', 403],
    ['credentials', 401],
    ['error', 500],
    ['down', 503],
  ] as const) {
    it(`answers ${status} for «${kind}», as often as told`, async () => {
      const sandbox = await start();
      sandbox.x.behaviour({ kind, times: 1, method: 'POST /2/tweets' });
      const answer = await publish(sandbox, 'Ответ').catch(() => ({ status: 503 }));
      expect(answer.status).to.equal(status);
      expect((await publish(sandbox, 'Ответ')).status).to.equal(201);
    });
  }

  it('lets calls through before a fault when told so', async () => {
    const sandbox = await start();
    sandbox.x.behaviour({ kind: 'error', skip: 1, times: 1, method: 'POST /2/tweets' });
    const answers = [];
    for (const text of ['раз', 'два', 'три']) answers.push(await publish(sandbox, text));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 500, 201]);
  });

  it('cuts the connection after the post was made, or before', async () => {
    const sandbox = await start();
    const id = idOf(sandbox.x.post({ text: `${at(sandbox)} вопрос` }));
    for (const [kind, made] of [
      ['cut-before', 0],
      ['cut-after', 1],
    ] as const) {
      sandbox.x.behaviour({ kind, times: 1 });
      const cut = await publish(sandbox, 'Ответ', id).catch((error: Error) => error.message);
      expect(cut).to.equal('fetch failed');
      expect(sandbox.x.answers(id)).to.have.length(made);
    }
  });
});
