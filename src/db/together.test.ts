import { expect } from 'chai';
import { aMessage } from '../../test/builders.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import type { Tx } from './data-source.ts';
import { MessageEntity } from './entities/message.ts';
import { holdMessage } from './hold-message.ts';
import { together } from './together.ts';

describe('Steps done together', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const some = (count: number) => Promise.all(Array.from({ length: count }, () => aMessage(stage)));
  const noted = async (ids: readonly string[]) => {
    const rows = await Promise.all(
      ids.map((id) => stage.db.getRepository(MessageEntity).findOneByOrFail({ id })),
    );
    return rows.map(({ note }) => note);
  };
  const write = (messageId: string, note: string) => (tx: Tx) =>
    tx.update(MessageEntity, { id: messageId }, { note });
  const transactionOf = async (tx: Tx) => {
    const [row] = await tx.query<{ id: string }[]>('select pg_current_xact_id()::text as id');
    return row!.id;
  };

  it('share a transaction when they are of different messages', async () => {
    const step = together(stage.db);
    const ids = await some(3);
    const transactions = await Promise.all(ids.map((id) => step(id, transactionOf)));
    expect(new Set(transactions).size).to.equal(1);
  });

  it('come one after another when they are of one message', async () => {
    const step = together(stage.db);
    const [id] = (await some(1)) as [string];
    const add = async (tx: Tx) => {
      const { note } = await tx.findOneByOrFail(MessageEntity, { id });
      await tx.update(MessageEntity, { id }, { note: `${note ?? ''}I` });
    };
    await Promise.all(Array.from({ length: 5 }, () => step(id, add)));
    expect(await noted([id])).to.eql(['IIIII']);
  });

  for (const [how, fail] of Object.entries({
    'throws what it likes': () => Promise.reject(new Error('nothing to do here')),
    'makes the database say no': (tx: Tx) => tx.query("select 'nothing to do here'::int"),
  })) {
    it(`do not fail when one of them ${how}, and only its work is undone`, async () => {
      const step = together(stage.db);
      const ids = (await some(3)) as [string, string, string];
      const outcomes = await Promise.allSettled([
        step(ids[0], write(ids[0], 'one')),
        step(ids[1], async (tx) => {
          await write(ids[1], 'two')(tx);
          await fail(tx);
        }),
        step(ids[2], (tx, last) => Promise.resolve(last(write(ids[2], 'three')(tx)))),
      ]);
      expect(outcomes.map(({ status }) => status)).to.eql(['fulfilled', 'rejected', 'fulfilled']);
      expect(String((outcomes[1] as PromiseRejectedResult).reason)).to.match(/nothing to do here/);
      expect(await noted(ids)).to.eql(['one', null, 'three']);
    });
  }

  it('do not wait for one whose message another holds', async () => {
    const { db } = stage;
    const step = together(db);
    const [held, free, later] = (await some(3)) as [string, string, string];
    const waiting = await db.transaction(async (other) => {
      await holdMessage(other, held);
      const waits = step(held, write(held, 'at last'));
      await Promise.all([step(free, write(free, 'at once')), step(later, write(later, 'too'))]);
      expect(await noted([held, free, later])).to.eql([null, 'at once', 'too']);
      return { waits };
    });
    await waiting.waits;
    expect(await noted([held])).to.eql(['at last']);
  });

  it('are not tried again at once when the database goes away', async () => {
    const step = together(stage.db);
    let tries = 0;
    const outcomes = await Promise.allSettled(
      (await some(2)).map((id) =>
        step(id, async (tx) => {
          tries += 1;
          await tx.query('select pg_terminate_backend(pg_backend_pid())');
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).to.eql(['rejected', 'rejected']);
    expect(tries).to.equal(2);
  });
});
