import { expect } from 'chai';
import { clock, drafted, msk, openStage, type Stage } from '../../test/stage.ts';

describe('The days whose figures are counted anew', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** Local days that a change of the message's topic adds. */
  const touched = async (messageId: string): Promise<string[]> => {
    await stage.db.query('delete from figure_dirty');
    await stage.db.query(`update message set topic = 'health' where id = $1`, [messageId]);
    const rows = await stage.db.query<{ day: string }[]>(
      `select to_char(at at time zone 'Europe/Moscow', 'YYYY-MM-DD') as day from figure_dirty`,
    );
    return rows.map(({ day }) => day);
  };

  it('are none when a message that nobody was given gets its topic', async () => {
    const { messageId } = await drafted(stage.db, {}, { topic: null });
    expect(await touched(messageId)).to.be.empty;
  });

  it('are those of its assignments when the topic changes later', async () => {
    const { messageId } = await drafted(stage.db, { minzhkh: 'Отопление включено.' });
    expect(await touched(messageId)).to.deep.equal(['2026-11-24']);
  });

  it('are those of a decided deadline, also without an assignment', async () => {
    const { messageId } = await drafted(stage.db, {});
    const dueAt = msk('2026-11-23T18:00');
    await clock(stage.db, messageId, {
      kind: 'review',
      agencyCode: 'minzhkh',
      dueAt,
      stoppedAt: dueAt,
    });
    expect(await touched(messageId)).to.deep.equal(['2026-11-23']);
  });
});
