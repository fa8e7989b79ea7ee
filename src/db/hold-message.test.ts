import { expect } from 'chai';
import { untilOneWaits } from '../../test/lock.ts';
import { draft, drafted, openStage, type Stage } from '../../test/stage.ts';
import type { Tx } from './data-source.ts';
import { DraftEntity } from './entities/draft.ts';
import { MessageEntity } from './entities/message.ts';
import { holdMessage, holdMessageOf } from './hold-message.ts';
import { rowBy } from './row-by.ts';

type Hold = (tx: Tx, messageId: string, assignmentId: string) => Promise<unknown>;

const HOLDS: Record<string, Hold> = {
  'a message was held': holdMessage,
  'the message of an assignment was held': (tx, _, assignmentId) => holdMessageOf(tx, assignmentId),
  'its row was held': (tx, id) => rowBy(tx, MessageEntity, { id }, { held: true }),
};

describe('What is asked at once', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  for (const [what, hold] of Object.entries(HOLDS)) {
    it(`after ${what} is read as others who held it left it`, async () => {
      const { db } = stage;
      const { messageId, assignments } = await drafted(db, { minzhkh: 'Отопление включено.' });
      const assignmentId = assignments[0]!;
      const ask = async (tx: Tx) => {
        const [, drafts, { note }] = await Promise.all([
          hold(tx, messageId, assignmentId),
          tx.countBy(DraftEntity, { assignmentId }),
          rowBy(tx, MessageEntity, { id: messageId }),
        ]);
        return { drafts, note };
      };
      const asked = await db.transaction(async (before) => {
        await holdMessage(before, messageId);
        const answer = db.transaction(ask);
        await untilOneWaits(db);
        await before.update(MessageEntity, { id: messageId }, { note: 'срочно' });
        await draft(db, assignmentId, 2, 'Отопление включено, давление проверено.');
        return { answer };
      });
      expect(await asked.answer).to.eql({ drafts: 2, note: 'срочно' });
    });
  }
});
