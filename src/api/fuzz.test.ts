import { expect } from 'chai';
import fc from 'fast-check';
import { openApi, type Api } from '../../test/api.ts';
import type { Message } from '../db/entities/message.ts';
import { log } from '../log.ts';

const SEED = 519;
const AT_ONCE = 20;

/** Texts with what breaks parsers and databases. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    'a\udfffb',
    '\u200b',
    '',
    ' ',
    '\ufeff',
    "';--",
    '__proto__',
    'NaN',
  ),
);
const address = fc.oneof(
  fc
    .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -1, max: 999 }))
    .map(([owner, post]) => `https://vk.com/wall${owner}_${post}`),
  fc.webUrl({ withQueryParameters: true }),
  nasty,
);
const moment = fc.oneof(
  fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  fc.constantFrom('2026-11-24T18:00:00+03:00', '0000-01-01T00:00:00Z', '2026-11-24T24:00:00Z'),
  nasty,
);
/** Bodies that are nearly right, and ones that are not at all. */
const body = fc.oneof(
  fc.record(
    { url: address, text: nasty, author: nasty, publishedAt: moment },
    { requiredKeys: [] },
  ),
  fc.record({ url: address, text: fc.constantFrom('Нет воды', 'Яма') }),
  fc.record({
    url: fc.oneof(address, fc.anything()),
    text: fc.oneof(nasty, fc.anything()),
    [`extra`]: fc.anything(),
  }),
  fc.anything({ maxDepth: 3 }),
);
const asJson = (value: unknown) => {
  try {
    return JSON.stringify(value, (_key, it: unknown) => (typeof it === 'bigint' ? `${it}` : it));
  } catch {
    return '{';
  }
};
const parameter = fc.constantFrom(
  ...['status', 'network', 'agency', 'topic', 'municipality', 'urgent', 'overdue', 'q'],
  ...['detectedFrom', 'detectedTo', 'dueBefore', 'sort', 'limit', 'cursor', 'total', 'other'],
);
const value = fc.oneof(
  nasty.map((text) => text.replace(/\p{Surrogate}/gu, '�')),
  moment.map((text) => text.replace(/\p{Surrogate}/gu, '�')),
  fc.constantFrom(
    'triage',
    'vk',
    'minobr',
    'true',
    'due',
    '7',
    '1e2',
    '-1',
    '&',
    '"яма" -дом',
    '!(|',
  ),
  fc
    .tuple(fc.constantFrom('detected', 'due'), moment, fc.uuid())
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
);

describe('Whatever is sent to the interface', () => {
  let api: Api;
  let secret: string;
  const { error, warn } = log;
  before(async () => {
    api = await openApi();
    secret = await api.token();
    log.error = log.warn = () => undefined;
  });
  after(async () => {
    Object.assign(log, { error, warn });
    await api.close();
  });

  /** In batches: each answer is held against the description. */
  async function all<T>(samples: readonly T[], send: (sample: T) => Promise<void>) {
    for (let at = 0; at < samples.length; at += AT_ONCE) {
      await Promise.all(samples.slice(at, at + AT_ONCE).map(send));
    }
  }

  it('as a body is taken or refused, and nothing odd is stored', async function () {
    this.timeout(240_000);
    const statuses = new Map<number, number>();
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    await all(fc.sample(body, { seed: SEED, numRuns: 10_000 }), async (sample) => {
      const sent = asJson(sample) ?? 'undefined';
      const { status } = await api.send('/api/v1/messages', {
        method: 'POST',
        headers,
        body: sent,
      });
      expect(status, sent.slice(0, 300)).to.be.below(500);
      statuses.set(status, 1 + (statuses.get(status) ?? 0));
    });
    expect([...statuses.keys()].sort()).to.deep.equal([200, 201, 400, 422]);

    const stored =
      await api.stage.db.query<(Message & { external_id: string })[]>('select * from message');
    expect(stored).to.have.length(statuses.get(201) ?? 0);
    for (const { external_id, url, text, network } of stored) {
      expect(external_id).to.match(/^-?[1-9]\d*_[1-9]\d*(_r[1-9]\d*)?$/);
      expect(url).to.match(/^http:\/\/[\w.:]+\/vk\/wall-?\d+_\d+(\?reply=\d+)?$/);
      expect(text)
        .to.match(/[^\s\p{C}]/u)
        .and.not.match(/\0|\p{Surrogate}|^\s|\s$/u);
      expect(network).to.equal('vk');
    }
    const [{ starts } = { starts: 0 }] = await api.stage.db.query<{ starts: number }[]>(
      'select count(*)::int as starts from process_start',
    );
    expect(starts).to.equal(stored.length);
  });

  it('as a query is answered or refused', async function () {
    this.timeout(120_000);
    const query = fc
      .array(fc.tuple(parameter, value), { maxLength: 4 })
      .map((pairs) => new URLSearchParams(pairs).toString());
    await all(fc.sample(query, { seed: SEED, numRuns: 2_000 }), async (sample) => {
      const { status } = await api.call('GET', `/api/v1/messages?${sample}`, secret);
      expect(status, sample).to.be.oneOf([200, 400]);
    });
  });

  it('as a path or a token is answered or refused', async () => {
    const path = fc.string({ unit: 'grapheme', maxLength: 40 }).map(encodeURIComponent);
    await all(fc.sample(path, { seed: SEED, numRuns: 300 }), async (sample) => {
      const { status } = await api.call('GET', `/api/v1/messages/x${sample}`, secret);
      expect(status, sample).to.be.oneOf([404]);
    });
    const token = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
    await all(fc.sample(token, { seed: SEED, numRuns: 300 }), async (sample) => {
      const { status } = await api.call('GET', '/api/v1/messages', sample);
      expect(status, sample).to.equal(401);
    });
  });
});
