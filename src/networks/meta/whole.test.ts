import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aJob } from '../../../test/job.ts';
import { openMeta, type MetaCode, type MetaSandbox } from '../../../test/meta.ts';
import { testDatabase, type TestDatabase } from '../../../test/postgres.ts';
import { until } from '../../../test/until.ts';
import { createStorage } from '../../attachments/create-storage.ts';
import { AnswerEntity } from '../../db/entities/answer.ts';
import { MessageEntity } from '../../db/entities/message.ts';
import { PublicationEntity } from '../../db/entities/publication.ts';
import { TryLater } from '../../errors.ts';
import { runMonitor } from '../../monitor/monitor.ts';
import { publishAnswer } from '../../publish/publish-answer.ts';
import { networksOf } from '../registry.ts';

const job = aJob({ elementId: 'publish-answer' });

for (const code of ['facebook', 'instagram'] as MetaCode[]) {
  describe(`From a comment to the answer under it: ${code} (clauses 2, 8)`, () => {
    let test: TestDatabase;
    let world: MetaSandbox;
    let post: string;
    const changes: string[] = [];

    before(async () => {
      test = await testDatabase();
      world = await openMeta(code);
      post = world.there.posts('own')[0]?.id ?? '';
    });
    after(async () => {
      await world.close();
      await test.close();
    });

    /** A monitor that runs until `done`, as a process that is stopped then. */
    async function monitorUntil(owner: string, done: () => Promise<boolean>): Promise<void> {
      const stop = new AbortController();
      const ended = runMonitor({
        db: test.db,
        networks: [world.network],
        words: [],
        owner,
        onChange: (_id, change) => void changes.push(change),
        signal: stop.signal,
        changesEveryMs: 20,
      });
      await until(done);
      stop.abort();
      await ended;
    }
    const texts = async () =>
      (await test.db.getRepository(MessageEntity).find({ order: { text: 'asc' } })).map(
        ({ text }) => text,
      );

    it('is read once over restarts, edits and deletions among it', async () => {
      const first = world.there.comment({ post, text: 'а: нет света' });
      await monitorUntil('one', async () => (await texts()).length === 1);
      const second = world.there.comment({ post, text: 'б: и у нас' });
      await monitorUntil('two', async () => (await texts()).length === 2);
      await test.db.query(`update message set process_instance_key = '1'`);
      world.there.edit(first.id, 'а: света нет');
      world.there.delete(second.id);
      await monitorUntil('three', () => Promise.resolve(changes.length === 2));
      expect(await texts()).to.deep.equal(['а: света нет', 'б: и у нас']);
      expect(changes).to.have.members(['edited', 'deleted']);
    });

    it('is answered once, though the connection was cut after the answer stood', async () => {
      const message = await test.db
        .getRepository(MessageEntity)
        .findOneByOrFail({ text: 'а: света нет' });
      const answerId = randomUUID();
      await test.db.getRepository(AnswerEntity).insert({
        id: answerId,
        sourceKey: answerId,
        messageId: message.id,
        version: 1,
        text: 'Свет включён.',
        composedAt: new Date('2026-11-24T07:00:00Z'),
      });
      const { run } = publishAnswer({
        db: test.db,
        networks: networksOf(world.network),
        storage: createStorage('postgres', test.db),
      });
      const input = { messageId: message.id, answerId };
      world.there.behaviour({ kind: 'cut-after', times: 1 });
      const cut = await Promise.resolve(run(input, job)).catch((error: unknown) => error);
      expect(cut).to.be.instanceOf(TryLater);
      await run(input, job);
      await run(input, job);
      const official = world.there
        .comments(post)
        .filter(({ from }) => from === world.there.options.official.id);
      expect(official.map(({ text }) => text)).to.deep.equal(['Свет включён.']);
      const [made] = official;
      const publication = await test.db.getRepository(PublicationEntity).findOneByOrFail({});
      expect(publication).to.include({
        status: 'published',
        permalink: made && world.there.permalink(made),
      });
    });

    it('the answer itself is not taken in', async () => {
      const late = world.there.comment({ post, text: 'в: спасибо' });
      await monitorUntil('four', async () => (await texts()).includes(late.text));
      expect(await texts()).to.have.length(3);
    });
  });
}
