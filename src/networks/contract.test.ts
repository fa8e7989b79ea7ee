import { inspect } from 'node:util';
import { expect } from 'chai';
import type { World } from '../../test/networks/world.ts';
import { worlds } from '../../test/networks/worlds.ts';
import { anAnswer } from '../../test/vk.ts';
import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { CredentialsRefused, type FoundPost, type Network } from './port.ts';
import { locate, recognise } from './recognise.ts';
import { networksOf } from './registry.ts';

type Positions = Map<string, unknown>;

/** Reads every source from its position, as the monitor does; `pages`: stop each after so many. */
async function read(network: Network, positions: Positions, pages = Infinity) {
  const found: FoundPost[] = [];
  for (const source of network.sources(['Смоленск'])) {
    let last: unknown = positions.get(source.key) ?? null;
    let given = 0;
    for await (const page of source.read(last, new AbortController().signal)) {
      found.push(...page.found);
      last = page.position;
      given += 1;
      if (given === pages) break;
    }
    // Kept as PostgreSQL keeps it, and only when the source was read to its end.
    if (given < pages) positions.set(source.key, JSON.parse(JSON.stringify(last)));
  }
  return found;
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

/** The id behind an address, asked of the network where the address does not tell. */
async function idBehind(network: Network, reference: string) {
  const networks = networksOf(network);
  const address = recognise(networks, reference);
  if (address === null) return null;
  const object = await locate(networks, address, reference, AbortSignal.timeout(10_000));
  return typeof object === 'string' ? object : object.externalId;
}

// What holds for every network: a new one joins with its world.
for (const [code, open] of Object.entries(worlds)) {
  describe(`The contract of networks: ${code}`, () => {
    let world: World;
    const { error } = log;
    beforeEach(async () => void (world = await open()));
    afterEach(() => {
      log.error = error;
      return world.close();
    });

    /** A citizen asks where our answer can be read back: by a post, or under a publication of ours. */
    const ask = (text: string) =>
      world.thread === null ? world.post(text) : world.comment(world.thread, text);

    it('reads everything once over restarts, interruptions and outages (clause 2)', async () => {
      const positions: Positions = new Map();
      const written = new Map<string, string>();
      const seen = new Map<string, string>();
      const write = (id: string, text: string) => void written.set(id, text);
      const take = (found: FoundPost[]) =>
        found.forEach(({ externalId, text }) => seen.set(externalId, text));

      for (let round = 0; round < 6; round += 1) {
        const post = world.post(`Смоленск ${round}`);
        write(post, `Смоленск ${round}`);
        const places = [world.thread ?? post, world.thread ?? [...written.keys()][0] ?? post];
        for (const [n, on] of places.entries()) {
          const text = `Смоленск, комментарий ${round}.${n}`;
          write(world.comment(on, text), text);
        }
        const network = world.restarted();
        if (round % 3 === 1) take(await read(network, positions, 1));
        if (round % 3 === 2) {
          world.spoil('down', 'anything');
          expect(await failure(read(network, positions))).to.be.instanceOf(TryLater);
        }
        take(await read(network, positions));
      }
      expect([...seen].sort()).to.deep.equal([...written].sort());
    });

    it('names author, link and time of what it finds, and never finds our own', async () => {
      const post = world.post('Смоленск, яма');
      const asked = ask('Смоленск, когда?');
      await world.network.reply(asked, anAnswer({ text: 'Смоленск: заделали' }));
      const found = await read(world.network, new Map());
      expect(new Set(found.map(({ externalId }) => externalId))).to.deep.equal(
        new Set([post, asked]),
      );
      const one = found.find(({ externalId }) => externalId === post);
      expect(one).to.deep.include({ network: code, kind: 'post', authorName: world.author });
      expect(one?.publishedAt.getTime()).to.be.closeTo(Date.now(), 60_000);
      expect(await world.open(one?.url ?? '')).to.contain('Смоленск, яма');
    });

    it('shows posts and comments by their ids, but what is gone or ours (clause 2)', async () => {
      const post = world.post('Смоленск, яма');
      const comment = world.comment(world.thread ?? post, 'Смоленск, и у нас');
      const gone = world.post('Смоленск, исчезнет');
      const lost = world.comment(world.thread ?? post, 'Смоленск, пропадёт');
      const ours = await world.network.reply(ask('Смоленск?'), anAnswer());
      if (ours.state !== 'published') throw new Error(inspect(ours));
      world.edit(comment, 'Смоленск, и у нас тоже');
      world.remove(gone);
      world.remove(lost);
      const ids = [post, comment, gone, lost, ours.externalId];
      const shown = (await world.network.find?.(ids)) ?? [];
      expect(new Map(shown.map(({ externalId, text }) => [externalId, text]))).to.deep.equal(
        new Map([
          [post, 'Смоленск, яма'],
          [comment, 'Смоленск, и у нас тоже'],
        ]),
      );
      // The same as reading finds them, so that one given by hand is the one found later.
      const asRead = new Map(
        (await read(world.network, new Map())).map((each) => [each.externalId, each]),
      );
      for (const each of shown) expect(each).to.deep.equal(asRead.get(each.externalId));
    });

    it('recognises the links of what it finds, however they are pasted', async () => {
      const post = world.post('Смоленск, яма');
      world.comment(world.thread ?? post, 'Смоленск, и у нас');
      const found = await read(world.network, new Map());
      expect(new Set(found.map(({ externalId }) => externalId)).size).to.equal(2);
      for (const { externalId, url } of found) {
        expect(await idBehind(world.network, url), url).to.equal(externalId);
        expect(await idBehind(world.network, ` ${url.replace('http://', '')} `)).to.equal(
          externalId,
        );
      }
      expect(await idBehind(world.network, 'https://example.com/wall-1_2')).to.equal(null);
    });

    it('publishes an answer under its post, where its link shows it (clause 8)', async () => {
      const asked = ask('Смоленск, яма');
      const outcome = await world.network.reply(asked, anAnswer({ text: 'Заделали.' }));
      if (outcome.state !== 'published') throw new Error(inspect(outcome));
      expect(world.answers(asked)).to.deep.equal(['Заделали.']);
      expect(outcome.permalink).not.to.equal((await read(world.network, new Map()))[0]?.url);
      expect(await world.open(outcome.permalink)).to.contain('Заделали.');
    });

    it('publishes under a comment', async () => {
      const post = world.thread ?? world.post('Яма');
      const comment = world.comment(post, 'Когда?');
      const answer = anAnswer();
      expect((await world.network.reply(comment, answer)).state).to.equal('published');
      expect(await world.network.findReply(comment, answer)).to.be.an('object');
      expect(await world.network.findReply(post, answer)).to.equal(null);
    });

    it('finds its answer after a cut connection and is not led to publish twice', async () => {
      const asked = ask('Яма');
      const answer = anAnswer();
      expect(await world.network.findReply(asked, answer)).to.equal(null);
      world.spoil('cut-after');
      expect((await world.network.reply(asked, answer)).state).to.equal('unknown');
      const found = await world.restarted().findReply(asked, answer);
      expect(await world.open(found?.permalink ?? '')).to.contain(answer.text);
      expect(world.answers(asked)).to.have.length(1);
    });

    it('finds nothing after a connection cut before the call was heard, and publishes then', async () => {
      const asked = ask('Яма');
      const answer = anAnswer();
      world.spoil('cut-before');
      expect((await world.network.reply(asked, answer)).state).to.equal('unknown');
      expect(await world.restarted().findReply(asked, answer)).to.equal(null);
      expect((await world.restarted().reply(asked, answer)).state).to.equal('published');
      expect(world.answers(asked)).to.deep.equal([answer.text]);
    });

    it('tells what became of posts and comments', async () => {
      const post = world.post('было');
      const gone = world.post('исчезнет');
      const kept = world.comment(world.thread ?? post, 'останется');
      const lost = world.comment(world.thread ?? post, 'пропадёт');
      world.edit(post, 'стало');
      world.edit(kept, 'изменено');
      world.remove(gone);
      world.remove(lost);
      const there = await world.network.lookUp([post, gone, kept, lost]);
      expect(there.get(post)).to.deep.equal({ deleted: false, text: 'стало' });
      expect(there.get(kept)).to.deep.equal({ deleted: false, text: 'изменено' });
      expect(there.get(gone)).to.deep.equal({ deleted: true });
      expect(there.get(lost)).to.deep.equal({ deleted: true });
      expect((await world.network.reply(gone, anAnswer())).state).to.equal('gone');
    });

    it('checks the format and previews what will be seen (clause 11)', async () => {
      const { limits } = world.network;
      const text = 'а'.repeat(limits.text + 1);
      expect(world.network.format({ text }).map(({ rule }) => rule)).to.deep.equal(['too-long']);
      const asked = ask('Яма');
      const { text: shown } = world.network.preview({ text: ' Заделали.\r\n ' });
      await world.network.reply(asked, anAnswer({ text: ' Заделали.\r\n ' }));
      expect(world.answers(asked)).to.deep.equal([shown]);
    });

    it('waits when it is limited, as long as the network asks or its rules say', async () => {
      const asked = ask('Яма');
      world.spoil('rate');
      const limited = await world.network.reply(asked, anAnswer());
      expect(limited.state).to.equal('try-later');
      expect(limited).to.have.property('afterMs').greaterThan(0);
      expect(world.answers(asked)).to.deep.equal([]);
      world.spoil('rate', 'anything', null);
      const reading = await failure(read(world.restarted(), new Map()));
      expect(reading).to.be.instanceOf(TryLater).with.property('afterMs').greaterThan(0);
    });

    for (const [what, kind, state] of [
      ['asks for a captcha or blocks', 'captcha', 'needs-person'],
      ['has not the permission', 'permission', 'needs-person'],
      ['refuses the content', 'refused', 'refused'],
      ['does not accept its token any more', 'credentials', 'needs-person'],
    ] as const) {
      it(`gives the answer to a person when the network ${what}, in Russian`, async () => {
        log.error = () => undefined;
        const asked = ask('Яма');
        world.spoil(kind);
        const outcome = await world.network.reply(asked, anAnswer());
        expect(outcome.state).to.equal(state);
        expect(outcome)
          .to.have.property('reason')
          .match(/[а-яё]{3}/i);
        expect(world.answers(asked)).to.deep.equal([]);
      });
    }

    it('tries later while nobody can be reached: nothing was published', async () => {
      const away = await world.away();
      const asked = ask('Яма');
      expect((await away.reply(asked, anAnswer())).state).to.equal('try-later');
      expect(await failure(away.lookUp([asked]))).to.be.instanceOf(TryLater);
      expect(await failure(away.find?.([asked]) ?? Promise.resolve())).to.be.instanceOf(TryLater);
    });

    it('asks for a person when its tokens are refused', async () => {
      log.error = () => undefined;
      const intruder = world.intruder();
      const asked = ask('Яма');
      const outcome = await intruder.reply(asked, anAnswer());
      expect(outcome.state).to.equal('needs-person');
      const calls = [
        read(intruder, new Map()),
        intruder.lookUp([asked]),
        intruder.find?.([asked]) ?? Promise.resolve(),
      ];
      const errors = await Promise.all(calls.map(failure));
      for (const error of errors) expect(error).to.be.instanceOf(CredentialsRefused);
      expect(inspect([outcome, errors], { depth: null })).not.to.contain('geheim');
    });
  });
}
