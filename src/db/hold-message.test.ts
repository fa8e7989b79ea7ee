import { expect } from 'chai';
import { untilOneWaits } from '../../test/lock.ts';
import { draft, drafted, openStage, type Stage } from '../../test/stage.ts';
import type { Database, Tx } from './data-source.ts';
import { DraftEntity } from './entities/draft.ts';
import { MessageEntity } from './entities/message.ts';
import { holdMessage } from './hold-message.ts';
import { rowBy } from './row-by.ts';
import { together } from './together.ts';

type Ask<T> = (tx: Tx) => Promise<T>;

const WAYS: Record<string, <T>(db: Database, messageId: string, ask: Ask<T>) => Promise<T>> = {
  'after a message was held': (db, messageId, ask) =>
    db.transaction(async (tx) => {
      const [, answer] = await Promise.all([holdMessage(tx, messageId), ask(tx)]);
      return answer;
    }),
  'in a step': (db, messageId, ask) => together(db)(messageId, ask),
};

describe('What is asked at once', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  for (const [when, way] of Object.entries(WAYS)) {
    it(`${when} is read as others who held it left it`, async () => {
      const { db } = stage;
      const { messageId, assignments } = await drafted(db, { minzhkh: 'Отопление включено.' });
      const assignmentId = assignments[0]!;
      const ask = async (tx: Tx) => {
        const [drafts, { note }] = await Promise.all([
          tx.countBy(DraftEntity, { assignmentId }),
          rowBy(tx, MessageEntity, { id: messageId }),
        ]);
        return { drafts, note };
      };
      const asked = await db.transaction(async (before) => {
        await holdMessage(before, messageId);
        const answer = way(db, messageId, ask);
        await untilOneWaits(db);
        await before.update(MessageEntity, { id: messageId }, { note: 'срочно' });
        await draft(db, assignmentId, 2, 'Отопление включено, давление проверено.');
        return { answer };
      });
      expect(await asked.answer).to.eql({ drafts: 2, note: 'срочно' });
    });
  }
});
