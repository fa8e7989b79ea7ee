import { expect } from 'chai';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import { generateMessages } from '../generate/generate.ts';
import { createCountedFigures } from './counted.ts';
import { periodFigures } from './period-figures.ts';
import { refreshFigures } from './refresh.ts';

describe('Figures counted up once', () => {
  const all = { key: '*', agencies: null };
  const period = { from: '2026-11-01', to: '2026-11-24' };
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    const now = msk('2026-11-24T17:30');
    await generateMessages(stage.db, stage.calendars, { messages: 200, seed: 3, now });
    await refreshFigures(stage);
  });
  after(() => stage.close());

  const topics = async (of: typeof periodFigures) =>
    (await of(stage.db.manager, all, period)).topic.map(({ code }) => code);

  it('are told apart by whose they are, by period and by filter', async () => {
    const counted = createCountedFigures().figures;
    const own = { key: 'minzhkh', agencies: ['minzhkh'] };
    for (const [scope, filters] of [
      [all, period],
      [own, period],
      [all, { ...period, from: '2026-11-20' }],
      [all, { ...period, network: 'vk' }],
    ] as const) {
      const asked = () => counted(stage.db.manager, scope, filters);
      const found = await asked();
      expect(found).to.deep.equal(await periodFigures(stage.db.manager, scope, filters));
      expect(await asked(), 'the same, not counted again').to.equal(found);
    }
  });

  it('are counted anew when the daily ones have changed', async () => {
    const counted = createCountedFigures().figures;
    expect(await topics(counted)).to.have.length.greaterThan(1);
    await stage.db.query(`update message set topic = 'roads'`);
    await refreshFigures(stage);
    expect(await topics(counted)).to.deep.equal(['roads']);
  });

  it('of a year are exact after a change of today, and after one of a month long over', async () => {
    const counted = createCountedFigures().figures;
    const year = { from: '2025-11-25', to: '2026-11-24' };
    const asked = () => counted(stage.db.manager, all, year);
    const exact = () => periodFigures(stage.db.manager, all, year);
    const before = await asked();
    expect(before).to.deep.equal(await exact());
    for (const bounds of [`>= '2026-11-24'`, `< '2026-10-01'`]) {
      await stage.db.query(
        `update publication set status = 'refused' where message_id in (
           select message_id from publication where status = 'published'
             and published_at ${bounds} order by published_at limit 2)`,
      );
      await refreshFigures(stage);
      const now = await asked();
      expect(now.total.answered, bounds).to.be.lessThan(before.total.answered);
      expect(now, bounds).to.deep.equal(await exact());
    }
  });
});
