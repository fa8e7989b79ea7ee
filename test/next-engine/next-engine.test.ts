import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { act } from '../system/act.ts';
import { inWork } from '../system/stages.ts';
import { startSystem, type Started } from '../system/system.ts';
import { startNextStack } from './next-stack.ts';

describe('On the next generation of the engine, Zeebe 8.8', () => {
  let database: TestDatabase | undefined;
  let started: Started | undefined;
  const given = act(async () => {
    const { url } = (database = await testDatabase());
    started = await startSystem(() => startNextStack(url));
    return started.system;
  });
  after('stop the engine', async function () {
    this.timeout(60_000);
    await started?.stop();
    await database?.close();
  });

  it('the same diagram, table and forms take a post to the reply under it (clauses 2, 3, 7, 8)', async () => {
    const { city, otklik, curator, executor, clock } = given;
    const post = city.writes('В доме на улице Ленина нет отопления.');
    const message = await otklik.detected(post);
    expect((await curator.sees(message, 'triage')).see('proposedAgencies')).to.include('minzhkh');
    await curator.triages(message);
    await executor('minzhkh').drafts(message, 'Отопление в доме включено.');
    await curator.sees(message, 'review-answer');
    await clock.advanceTo(clock.today('09:30'));
    await curator.publishes(message);
    await otklik.ended(message);

    expect(post.replies().map(({ text }) => text)).to.deep.equal(['Отопление в доме включено.']);
    expect(await message.row()).to.deep.include({
      status: 'answered',
      finishedAt: clock.today('09:30').toJSDate(),
    });
    expect(message.passed()).to.include.members(['part-received', 'published', 'answered']);
    expect(await message.shortcomings()).to.be.empty;
  });

  it('the return window closes, and eight working hours without a draft are a shortcoming (clauses 5, 6, 12, 13)', async () => {
    const { otklik, deputyGovernor, clock } = given;
    const { message } = await inWork(given);
    const { id, dueAt } = await message.clock('draft');
    expect(dueAt).to.deep.equal(clock.today('18:00').toJSDate());
    await clock.advanceTo(clock.today('17:59'));
    expect(message.passed()).to.include.members(['return-window-closed', 'executor-warned']);
    expect(await message.shortcomings()).to.be.empty;

    await clock.advanceTo(clock.today('18:00'));
    const shortcoming = await otklik.firstShortcoming(message);
    expect(shortcoming).to.include({ deadlineId: id, agencyCode: 'minzhkh', status: 'open' });
    expect(await message.clock('draft')).to.deep.include({ missedAt: dueAt });
    expect(message.passed()).to.include.members(['record-missed-draft', 'open-draft-shortcoming']);
    expect((await deputyGovernor.sees(shortcoming.id)).assignee).to.equal('vice-infrastructure');
  });
});
