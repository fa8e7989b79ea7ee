import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createCalendar, defaultHours } from '../calendar/calendar.ts';
import { aMessage } from '../../test/builders.ts';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import { openClock, stopRunning, type NewClock } from './clocks.ts';
import { DeadlineEntity } from './entities/deadline.ts';
import { recordMissed } from './missed-deadline.ts';

describe('A clock', () => {
  let stage: Stage;
  let messageId: string;
  before(async () => {
    stage = await openStage();
    messageId = await aMessage(stage);
  });
  after(() => stage.close());

  /** By default a draft of eight hours with a warning two hours before, as clause 6 has it. */
  const open = (startedAt: string, over: Partial<NewClock> = {}) =>
    openClock(stage.db.manager, stage.calendars.of(defaultHours), {
      sourceKey: randomUUID(),
      kind: 'draft',
      messageId,
      assignmentId: null,
      agencyCode: 'minzdrav',
      executor: 'minzdrav',
      startedAt: msk(startedAt),
      limit: 'PT8H',
      warning: 'PT2H',
      ...over,
    });
  const stored = (id: string) => stage.db.getRepository(DeadlineEntity).findOneByOrFail({ id });

  it('of working time ends at closing time, and says which time it counted', async () => {
    const clock = await open('2026-11-24T09:00');
    expect(clock).to.include({ kind: 'draft', clause: 6, plain: false, provisional: false });
    expect(clock.dueAt).to.deep.equal(msk('2026-11-24T18:00'));
    expect(clock.spent).to.deep.equal([
      [msk('2026-11-24T09:00').toISOString(), msk('2026-11-24T13:00').toISOString()],
      [msk('2026-11-24T14:00').toISOString(), msk('2026-11-24T18:00').toISOString()],
    ]);
  });

  it('of a return runs at night and at weekends', async () => {
    const clock = await open('2026-11-28T23:45', { kind: 'return', limit: 'PT30M', warning: null });
    expect(clock).to.include({ clause: 5, plain: true, warnAt: null });
    expect(clock.dueAt).to.deep.equal(msk('2026-11-29T00:15'));
  });

  for (const [startedAt, warnAt, dueAt] of [
    ['2026-11-24T09:00', '2026-11-24T16:00', '2026-11-24T18:00'],
    ['2026-11-24T10:00', '2026-11-24T17:00', '2026-11-25T10:00'],
    // six hours are up at closing time on Friday: the warning waits for Monday
    ['2026-11-27T11:00', '2026-11-30T09:00', '2026-11-30T11:00'],
    // and at the beginning of lunch
    ['2026-11-24T16:00', '2026-11-25T14:00', '2026-11-25T16:00'],
    ['2026-11-28T03:00', '2026-11-30T16:00', '2026-11-30T18:00'],
  ] as const) {
    it(`started ${startedAt} warns in working time, ${warnAt}`, async () => {
      const clock = await open(startedAt);
      expect(clock.warnAt).to.deep.equal(msk(warnAt));
      expect(clock.dueAt).to.deep.equal(msk(dueAt));
    });
  }

  it('marks a deadline from a year without official data', async () => {
    expect(await open('2026-12-30T17:00')).to.include({ provisional: true });
    expect(await open('2026-12-29T09:00')).to.include({ provisional: false });
  });

  it('is not moved by new limits or another calendar', async () => {
    const first = await open('2026-11-24T09:00', { sourceKey: 'the same' });
    const always = createCalendar(
      { zone: 'Europe/Moscow', week: { tue: ['00:00-24:00'] }, observeHolidays: false },
      [],
    );
    const again = await openClock(stage.db.manager, always, {
      ...first,
      startedAt: msk('2026-11-24T12:00'),
      limit: 'PT1H',
      warning: null,
    });
    expect(again).to.deep.equal(first);
  });

  it('stops once, at the first instant it is told', async () => {
    const { id } = await open('2026-11-24T09:00');
    await stopRunning(stage.db.manager, { id }, msk('2026-11-24T12:00'));
    await stopRunning(stage.db.manager, { id }, msk('2026-11-24T15:00'));
    expect((await stored(id)).stoppedAt).to.deep.equal(msk('2026-11-24T12:00'));
  });

  for (const [stoppedAt, missed] of [
    [null, true],
    ['2026-11-24T17:59:59.999', false],
    ['2026-11-24T18:00', false],
    ['2026-11-24T18:00:00.001', true],
  ] as const) {
    it(`stopped ${stoppedAt ?? 'never'} is ${missed ? 'missed, once' : 'kept'}`, async () => {
      const { id, dueAt } = await open('2026-11-24T09:00');
      if (stoppedAt) await stopRunning(stage.db.manager, { id }, msk(stoppedAt));
      expect(await recordMissed(stage.db.manager, await stored(id))).to.equal(missed);
      expect(await recordMissed(stage.db.manager, await stored(id))).to.equal(missed);
      expect((await stored(id)).missedAt).to.deep.equal(missed ? dueAt : null);
    });
  }

  it('that was missed stays missed when the work is done afterwards', async () => {
    const { id, dueAt } = await open('2026-11-24T09:00');
    await recordMissed(stage.db.manager, await stored(id));
    await stopRunning(stage.db.manager, { id }, msk('2026-11-25T09:30'));
    expect(await stored(id)).to.deep.include({
      missedAt: dueAt,
      stoppedAt: msk('2026-11-25T09:30'),
    });
  });
});
