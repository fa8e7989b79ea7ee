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
    const counted = createCountedFigures();
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
    const counted = createCountedFigures();
    expect(await topics(counted)).to.have.length.greaterThan(1);
    await stage.db.query(`update message set topic = 'roads'`);
    await refreshFigures(stage);
    expect(await topics(counted)).to.deep.equal(['roads']);
  });
});
