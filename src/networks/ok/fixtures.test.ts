import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { okAt } from '../../../test/ok.ts';
import { anAnswer } from '../../../test/vk.ts';
import type { FoundPost, Network } from '../port.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as unknown;

const topic = 'group/519001/topic/157353553';
const tokens = { key: 'k', secret: 's', token: 't' };

/** Answers in the forms that OK's documentation and others' programs show. */
describe('OK: answers as the network gives them', () => {
  let server: Server;
  let ok: Network;
  let answers: Record<string, unknown>;

  before(async () => {
    server = createServer((req, res) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk as Buffer);
        const method = new URLSearchParams(Buffer.concat(chunks).toString()).get('method') ?? '';
        res.end(JSON.stringify(answers[method] ?? {}));
      })();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const lookBack = 'P3650D';
    const over = { permalinkBase: 'https://ok.ru', lookBack, commentsFor: lookBack };
    ok = okAt(`http://127.0.0.1:${port}`, tokens, over);
  });
  after(() => server.close());
  beforeEach(() => void (answers = {}));

  async function all(key: string): Promise<FoundPost[]> {
    const found: FoundPost[] = [];
    const source = ok.sources(['Смоленск']).find((each) => each.key === key);
    for await (const page of source!.read(null, new AbortController().signal)) {
      found.push(...page.found);
    }
    return found;
  }

  describe('comments', () => {
    const comments = read('comments') as Record<string, unknown>;
    const given = (name: string) => {
      answers = {
        'discussions.getList': {
          discussions: [
            {
              object_id: '157353553',
              object_type: 'GROUP_TOPIC',
              ref_objects: [{ type: 'GROUP', id: '519001' }],
            },
          ],
        },
        'discussions.getComments': comments[name],
      };
      return all('discussions');
    };

    it('are read with Moscow’s time, without our own', async () => {
      expect(await given('good')).to.deep.equal([
        {
          network: 'ok',
          externalId: `${topic}/comment/MTc2NDAwMDAwMDAwMDotMTox`,
          kind: 'comment',
          url: `https://ok.ru/${topic}#comment-MTc2NDAwMDAwMDAwMDotMTox`,
          authorName: 'Ия Ким',
          authorUrl: 'https://ok.ru/profile/561234567890',
          text: 'А у нас третий день нет воды &amp; света',
          photos: [],
          publishedAt: new Date('2026-11-24T09:05:09Z'),
          inReplyTo: null,
        },
      ]);
    });

    for (const [name, texts] of [
      ['without end', ['']],
      ['odd', ['годен']],
      ['empty', []],
      ['null', []],
    ] as const) {
      it(`${name}: leave ${texts.length}`, async () => {
        expect((await given(name)).map(({ text }) => text)).to.deep.equal(texts);
      });
    }

    it('that are none are an error which names the method', async () => {
      const error = await given('wrong').catch((thrown: unknown) => thrown);
      expect(error).to.be.an('error').with.property('message').that.contains('getComments');
    });

    it('settle an unknown outcome', async () => {
      await given('good');
      const found = await ok.findReply(topic, { text: 'Отвечает  Правительство' });
      expect(found?.externalId).to.equal(`${topic}/comment/MTc2NDAwMDAwMDAwMDotMToy`);
    });
  });

  it('tagged topics are read with author, first blocks and pictures; odd ones left out', async () => {
    answers = { 'search.tagContents': read('tagged') };
    const found = await all('tag:смоленск');
    expect(found).to.have.length(2);
    expect(found[0]).to.deep.include({
      externalId: 'group/55348644610059/topic/157353553',
      text: 'Яма на Ленина #смоленск',
      authorName: 'Ия Ким',
      photos: ['https://i.example/906.jpg'],
    });
    expect(found[1]).to.deep.include({ externalId: 'profile/7/statuses/42', authorName: null });
  });

  describe('the answer to a comment added', () => {
    const added = read('added') as { good: unknown[]; unclear: unknown[] };
    const there = {
      id: '157353553',
      created_ms: 1,
      author_ref: 'user:5',
      owner_ref: 'group:519001',
    };
    const reply = (answer: unknown) => {
      answers = {
        'mediatopic.getByIds': { media_topics: [there] },
        'discussions.addDiscussionComment': answer,
      };
      return ok.reply(topic, anAnswer());
    };

    for (const answer of added.good) {
      it(`names the comment: ${JSON.stringify(answer)}`, async () => {
        const outcome = await reply(answer);
        expect(outcome.state).to.equal('published');
        expect(outcome).to.have.property('externalId').that.contains(`${topic}/comment/`);
      });
    }
    for (const answer of added.unclear) {
      it(`does not say what was made: ${JSON.stringify(answer)}`, async () => {
        expect((await reply(answer)).state).to.equal('unknown');
      });
    }
  });
});
