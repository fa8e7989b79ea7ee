import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { anAnswer } from '../../../test/vk.ts';
import { xAt } from '../../../test/x.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type FoundPost } from '../port.ts';

const KEYS = {
  apiKey: 'geheim-1',
  apiSecret: 'geheim-2',
  accessToken: 'geheim-3',
  accessSecret: 'geheim-4',
};

interface Document {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Answers as X's documentation and its users show them, good and bad, served as they are. */
describe('X: documents', () => {
  let server: Server;
  let url: string;
  let documents: Record<string, Document>;

  before(async () => {
    server = createServer((req, res) => {
      const path = new URL(req.url ?? '/', 'http://x').pathname;
      const {
        status = 200,
        headers = {},
        body,
      } = documents[`${req.method} ${path}`] ?? {
        status: 404,
        body: { title: 'Not Found', detail: 'Not Found', type: 'about:blank', status: 404 },
      };
      res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const x = () => xAt(url, KEYS);
  async function search(): Promise<FoundPost[]> {
    const source = x()
      .sources(['Смоленск'])
      .find(({ key }) => key.startsWith('search:'));
    const found: FoundPost[] = [];
    for await (const page of source?.read(null, new AbortController().signal) ?? []) {
      found.push(...page.found);
    }
    return found;
  }
  const fails = (run: () => Promise<unknown>) =>
    run().then(
      () => 'nothing',
      (error: unknown) => error,
    );

  it('a page with a long post, a video, a repost and something odd gives the two posts', async () => {
    documents = {
      'GET /2/tweets/search/recent': {
        headers: { 'x-rate-limit-remaining': '299', 'x-rate-limit-reset': '1764000000' },
        body: {
          data: [
            {
              id: '1861000000000000002',
              text: 'Смоленск, начало длинной записи… https://t.co/AAAAAAAAAA',
              author_id: '11',
              created_at: '2026-11-24T09:00:00.000Z',
              edit_history_tweet_ids: ['1861000000000000001', '1861000000000000002'],
              note_tweet: {
                text: 'Смоленск &amp; область: вся длинная запись https://t.co/BBBBBBBBBB',
                entities: {
                  urls: [
                    { url: 'https://t.co/BBBBBBBBBB', expanded_url: 'https://example.com/план' },
                  ],
                },
              },
              attachments: { media_keys: ['13_7'] },
            },
            {
              id: '1861000000000000003',
              text: 'RT @a: Смоленск',
              author_id: '12',
              created_at: '2026-11-24T09:00:01.000Z',
              edit_history_tweet_ids: ['1861000000000000003'],
              referenced_tweets: [{ type: 'retweeted', id: '1' }],
            },
            { id: 1861000000000000, text: null },
            {
              id: '1861000000000000004',
              text: '@b Смоленск, ответ',
              author_id: '13',
              created_at: '2026-11-24T09:00:02.000Z',
              edit_history_tweet_ids: ['1861000000000000004'],
              referenced_tweets: [{ type: 'replied_to', id: '1861000000000000001' }],
              in_reply_to_user_id: '11',
            },
          ],
          includes: {
            users: [{ id: '11', name: 'Пётр', username: 'petr', verified: true }],
            media: [{ media_key: '13_7', type: 'video', preview_image_url: 'https://pbs/7.jpg' }],
          },
          errors: [{ title: 'Not Found Error', resource_type: 'user', value: '13', type: 'x' }],
          meta: { newest_id: '4', oldest_id: '2', result_count: 4 },
        },
      },
    };
    expect(await search()).to.deep.equal([
      {
        network: 'x',
        externalId: '1861000000000000001',
        kind: 'post',
        url: `${url}/petr/status/1861000000000000001`,
        authorName: 'Пётр',
        authorUrl: `${url}/petr`,
        text: 'Смоленск & область: вся длинная запись https://example.com/план',
        photos: ['https://pbs/7.jpg'],
        publishedAt: new Date('2026-11-24T09:00:00Z'),
        inReplyTo: null,
        inThreadOf: null,
      },
      {
        network: 'x',
        externalId: '1861000000000000004',
        kind: 'comment',
        url: `${url}/i/status/1861000000000000004`,
        authorName: null,
        authorUrl: null,
        text: '@b Смоленск, ответ',
        photos: [],
        publishedAt: new Date('2026-11-24T09:00:02Z'),
        inReplyTo: '1861000000000000001',
        inThreadOf: null,
      },
    ]);
  });

  it('a page of nothing has no data at all', async () => {
    documents = { 'GET /2/tweets/search/recent': { body: { meta: { result_count: 0 } } } };
    expect(await search()).to.deep.equal([]);
  });

  it('a post that may not be seen is neither there nor deleted', async () => {
    documents = {
      'GET /2/tweets': {
        body: {
          data: [{ id: '1', text: 'есть', edit_history_tweet_ids: ['1'] }],
          errors: [
            {
              resource_id: '2',
              title: 'Authorization Error',
              detail: 'Sorry, you are not authorized to see the Tweet with ids: [2].',
              type: 'https://api.twitter.com/2/problems/not-authorized-for-resource',
            },
            {
              resource_id: '3',
              title: 'Not Found Error',
              detail: 'Could not find tweet with ids: [3].',
              type: 'https://api.twitter.com/2/problems/resource-not-found',
            },
          ],
        },
      },
    };
    expect([...(await x().lookUp(['1', '2', '3']))]).to.deep.equal([
      ['1', { deleted: false, text: 'есть' }],
      ['3', { deleted: true }],
    ]);
  });

  const limited = { errors: [{ code: 88, message: 'Rate limit exceeded' }] };
  it('a limit of the day is waited for by X’s own clock', async () => {
    const date = new Date('2020-03-30T06:00:00Z');
    documents = {
      'GET /2/tweets/search/recent': {
        status: 429,
        headers: {
          date: date.toUTCString(),
          'x-rate-limit-remaining': '58',
          'x-rate-limit-reset': String(date.getTime() / 1000 + 60),
          'x-user-limit-24hour-remaining': '0',
          'x-user-limit-24hour-reset': String(date.getTime() / 1000 + 7200),
        },
        body: limited,
      },
    };
    const error = (await fails(search)) as TryLater;
    expect(error).to.be.instanceOf(TryLater);
    expect(error.message).to.contain('Rate limit exceeded');
    expect(error.afterMs).to.equal(7_201_000);
  });

  it('a limit without an end is waited for as long as a window', async () => {
    documents = { 'GET /2/tweets/search/recent': { status: 429, body: limited } };
    expect(((await fails(search)) as TryLater).afterMs).to.equal(900_000);
  });

  it('a page of the network before X is no answer of X', async () => {
    const body = '<!DOCTYPE html><title>503 Service Temporarily Unavailable</title>';
    documents = { 'GET /2/tweets/search/recent': { status: 503, body } };
    expect(await fails(search)).to.be.instanceOf(TryLater);
    documents = { 'GET /2/tweets/search/recent': { status: 200, body } };
    expect(await fails(search)).to.be.instanceOf(TryLater);
  });

  it('a key that X repeats in an error is not repeated further', async () => {
    const detail = `The token ${KEYS.accessToken} is not known.`;
    documents = { 'GET /2/tweets/search/recent': { status: 401, body: { detail, status: 401 } } };
    expect(((await fails(search)) as Error).message).to.contain('The token … is not known.');
  });

  it('keys that may not do this are told apart from those that are wrong', async () => {
    const detail = 'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.';
    documents = { 'GET /2/tweets/search/recent': { status: 403, body: { detail, status: 403 } } };
    expect(((await fails(search)) as Error).message).to.contain(detail);
    documents = {
      'GET /2/tweets/search/recent': { status: 401, body: { title: 'Unauthorized', status: 401 } },
    };
    expect(await fails(search)).to.be.instanceOf(CredentialsRefused);
  });

  const publishing: [string, Document, string][] = [
    ['a success without an id', { status: 201, body: { data: { text: 'Ответ' } } }, 'unknown'],
    ['an error inside a success', { body: { errors: [{ detail: 'Forbidden' }] } }, 'unknown'],
    ['an empty success', { status: 200, body: '' }, 'unknown'],
    ['a page instead of JSON', { status: 200, body: '<html></html>' }, 'unknown'],
    [
      'the rule of February 2026',
      {
        status: 403,
        body: {
          title: 'Forbidden',
          status: 403,
          type: 'about:blank',
          detail:
            'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
        },
      },
      'needs-person',
    ],
    [
      'a text too long',
      {
        status: 400,
        body: {
          errors: [{ parameters: {}, message: 'Your Tweet text is too long.' }],
          title: 'Invalid Request',
          detail: 'One or more parameters to your request was invalid.',
          type: 'https://api.twitter.com/2/problems/invalid-request',
        },
      },
      'refused',
    ],
    [
      'an account without paid calls',
      { status: 402, body: { title: 'CreditsDepleted', detail: 'No credits.', status: 402 } },
      'needs-person',
    ],
    ['a post too large for a proxy', { status: 413, body: '<h1>413</h1>' }, 'refused'],
    ['a server that is worn out', { status: 503, body: '' }, 'unknown'],
  ];
  for (const [what, document, state] of publishing) {
    it(`${what} is «${state}»`, async () => {
      documents = {
        'GET /2/tweets': {
          body: { data: [{ id: '5', text: 'Вопрос', edit_history_tweet_ids: ['5'] }] },
        },
        'POST /2/tweets': document,
      };
      const outcome = await x().reply('5', anAnswer());
      expect(outcome.state).to.equal(state);
    });
  }
});
