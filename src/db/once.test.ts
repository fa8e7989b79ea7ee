import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aMessage } from '../../test/builders.ts';
import { clock, msk, openStage, type Stage } from '../../test/stage.ts';
import { stopRunning } from './clocks.ts';
import { AuditEntryEntity } from './entities/audit.ts';
import { insertFirst, insertOnce } from './once.ts';

describe('Statements that give back what they wrote', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** What a version that starts beside this one may do to a table. */
  async function whileColumnIsAdded(table: string, act: () => Promise<unknown>): Promise<void> {
    await act();
    await stage.db.query(`alter table ${table} add column of_tomorrow text`);
    try {
      await act();
    } finally {
      await stage.db.query(`alter table ${table} drop column of_tomorrow`);
    }
  }

  it('insert a row once and give the row that is there', async () => {
    const messageId = await aMessage(stage);
    const key = randomUUID();
    const line = { key, at: msk('2026-11-24T10:00'), messageId, subject: 'система', details: {} };
    const write = (action: string) =>
      insertOnce(stage.db.manager, AuditEntryEntity, { ...line, action }, ['key']);
    const first = await write('первое');
    expect(first)
      .to.deep.include({ inserted: true })
      .and.have.property('row')
      .that.includes({ key });
    const second = await write('второе');
    expect(second).to.deep.equal({ row: first.row, inserted: false });
  });

  it('fail rather than leave out a row that nobody else may have made', async () => {
    const messageId = await aMessage(stage);
    const line = { key: randomUUID(), at: msk('2026-11-24T10:00'), messageId };
    const write = () =>
      insertFirst(stage.db.manager, AuditEntryEntity, {
        ...line,
        subject: 'система',
        action: 'строка',
        details: {},
      });
    await write();
    expect(await write().then(String, String)).to.match(/duplicate key/);
  });

  it('go on when a newer version adds a column to the table', async () => {
    const messageId = await aMessage(stage);
    const line = { at: msk('2026-11-24T10:00'), messageId, subject: 'система', details: {} };
    await whileColumnIsAdded('audit', () =>
      insertOnce(
        stage.db.manager,
        AuditEntryEntity,
        { ...line, action: 'строка', key: randomUUID() },
        ['key'],
      ),
    );
    const dueAt = msk('2026-11-24T18:00');
    await whileColumnIsAdded('deadline', async () => {
      await clock(stage.db, messageId, { kind: 'review', agencyCode: 'vnutrpolitika', dueAt });
      const stopped = await stopRunning(stage.db.manager, { messageId, kind: 'review' }, dueAt);
      expect(stopped).to.have.length(1);
    });
  });
});
