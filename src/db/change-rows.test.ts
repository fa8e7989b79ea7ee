import { expect } from 'chai';
import { drafted, openStage, type Stage } from '../../test/stage.ts';
import { changedRows, changeRows } from './change-rows.ts';
import { AssignmentEntity } from './entities/assignment.ts';
import { MessageEntity } from './entities/message.ts';
import { rowBy, rowOrNull, rowsBy } from './row-by.ts';

describe('Rows', () => {
  let stage: Stage;
  let messageId: string;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    const parts = { minzhkh: 'Отопление включено.', minzdrav: 'Врач принимает.' };
    ({ messageId } = await drafted(stage.db, parts));
  });
  const tx = () => stage.db.manager;

  it('are found by a value, by none, and by one of several, in order', async () => {
    const agencies = async (agencyCode: string | string[]) => {
      const rows = await rowsBy(
        tx(),
        AssignmentEntity,
        { messageId, agencyCode },
        { by: ['agencyCode'] },
      );
      return rows.map(({ agencyCode }) => agencyCode);
    };
    expect(await agencies('minzhkh')).to.eql(['minzhkh']);
    expect(await agencies(['minzhkh', 'minzdrav'])).to.eql(['minzdrav', 'minzhkh']);
    expect(await agencies([])).to.eql([]);
    const open = { messageId, finishedAt: null };
    expect(await rowsBy(tx(), AssignmentEntity, open)).to.have.length(2);
  });

  it('that must be there are missed with their table and what was asked', async () => {
    expect(await rowOrNull(tx(), MessageEntity, { id: messageId, note: 'нет' })).to.equal(null);
    const missed = rowBy(tx(), MessageEntity, { id: messageId, note: 'нет' });
    expect(await missed.then(String, String)).to.contain(
      `no row in message has {"id":"${messageId}"`,
    );
  });

  it('are changed where they have the values, and counted', async () => {
    const change = { status: 'dropped' as const, finishedAt: new Date('2026-11-24T09:00:00Z') };
    const drop = () =>
      changeRows(tx(), AssignmentEntity, { messageId, status: ['open', 'drafted'] }, change);
    expect(await drop()).to.equal(2);
    expect(await drop()).to.equal(0);
    const [row] = await rowsBy(tx(), AssignmentEntity, { messageId });
    expect(row).to.include({ status: 'dropped' });
    expect(row?.finishedAt).to.eql(change.finishedAt);
  });

  it('are given as they are after the change; what is undefined stays, null is none', async () => {
    await changeRows(tx(), MessageEntity, { id: messageId }, { note: 'срочно', topic: 'roads' });
    const change = { note: null, topic: undefined };
    const rows = await changedRows(tx(), MessageEntity, { id: messageId }, change as object);
    expect(rows.map(({ note, topic }) => ({ note, topic }))).to.eql([
      { note: null, topic: 'roads' },
    ]);
  });
});
