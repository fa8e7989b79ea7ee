import { expect } from 'chai';
import { clock, drafted, msk, openStage, type Stage } from '../../test/stage.ts';

describe('The days whose figures are counted anew', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** Local days that `change` adds. */
  const touchedBy = async (change: () => Promise<unknown>): Promise<string[]> => {
    await stage.db.query('delete from figure_dirty');
    await change();
    const rows = await stage.db.query<{ day: string }[]>(
      `select distinct to_char(at at time zone 'Europe/Moscow', 'YYYY-MM-DD') as day
       from figure_dirty order by 1`,
    );
    return rows.map(({ day }) => day);
  };
  const touched = (messageId: string) =>
    touchedBy(() =>
      stage.db.query(`update message set topic = 'health' where id = $1`, [messageId]),
    );

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

  it('are none while a clock runs, or for the time for a return', async () => {
    const { messageId } = await drafted(stage.db, {});
    const of = { agencyCode: 'minzhkh', dueAt: msk('2026-11-23T18:00') };
    const change = async () => {
      await clock(stage.db, messageId, { ...of, kind: 'draft' });
      await clock(stage.db, messageId, { ...of, kind: 'return', stoppedAt: of.dueAt });
    };
    expect(await touchedBy(change)).to.be.empty;
  });

  it('are that of a clock that stopped, and that on which its deadline was missed', async () => {
    const { messageId } = await drafted(stage.db, {});
    const of = { agencyCode: 'minzhkh', dueAt: msk('2026-11-23T18:00') };
    const id = await clock(stage.db, messageId, { ...of, kind: 'draft' });
    const change = (column: string, at: Date) =>
      touchedBy(() => stage.db.query(`update deadline set ${column} = $2 where id = $1`, [id, at]));
    expect(await change('stopped_at', msk('2026-11-24T09:00'))).to.deep.equal(['2026-11-24']);
    expect(await change('missed_at', of.dueAt)).to.deep.equal(['2026-11-23', '2026-11-24']);
  });

  it('are that on which a rework began', async () => {
    const { messageId } = await drafted(stage.db, {});
    const startedAt = msk('2026-11-20T10:00');
    const change = () =>
      clock(stage.db, messageId, {
        kind: 'rework',
        agencyCode: 'minzhkh',
        startedAt,
        dueAt: msk('2026-11-23T18:00'),
      });
    expect(await touchedBy(change)).to.deep.equal(['2026-11-20']);
  });

  it('are that on which an answer was published, once its time is known', async () => {
    const { messageId } = await drafted(stage.db, {});
    const reserve = () =>
      stage.db.query(
        `with made as (
           insert into answer (id, source_key, message_id, version, text, composed_at)
           values (gen_random_uuid(), 'answer', $1, 1, 'Ответ.', now()) returning id)
         insert into publication (id, message_id, answer_id, guid, status, reserved_at)
         select id, $1, id, id, 'published', now() from made`,
        [messageId],
      );
    expect(await touchedBy(reserve)).to.be.empty;
    const settle = () =>
      stage.db.query('update publication set published_at = $2 where message_id = $1', [
        messageId,
        msk('2026-11-25T10:00'),
      ]);
    expect(await touchedBy(settle)).to.deep.equal(['2026-11-25']);
  });
});
