import { expect } from 'chai';
import { act } from '../system/act.ts';

describe('A message answered in time', () => {
  const given = act();

  it('goes from the post to one reply under it, every clock kept (clauses 2, 4, 6, 7, 8)', async () => {
    const { city, otklik, curator, executor, clock, inbox } = given;
    const post = city.writes('В доме на улице Ленина нет отопления.');
    const message = await otklik.detected(post);
    expect((await curator.sees(message, 'triage')).see('proposedAgencies')).to.include('minzhkh');

    await clock.advanceTo(clock.today('09:20'));
    await curator.triages(message);
    const task = await executor('minzhkh').sees(message);
    expect(task.see('assignment')).to.deep.include({
      dueAt: clock.today('09:20').plus({ days: 1 }).toUTC().toISO(),
      returnDueAt: clock.today('09:50').toUTC().toISO(),
    });
    const [handOver, ...others] = await inbox.of('minzhkh-priem', message.url);
    expect(others).to.be.empty;
    expect(handOver?.subject).to.contain('Поручение');

    await clock.advanceTo(clock.today('11:00'));
    const drafted = clock.now().toJSDate();
    await executor('minzhkh').drafts(message, 'Отопление в доме включено 24 ноября.');
    await curator.sees(message, 'review-answer');
    await clock.advanceTo(clock.today('11:30'));
    const published = clock.now().toJSDate();
    await curator.publishes(message);
    await otklik.ended(message);

    expect(post.replies().map(({ text }) => text)).to.deep.equal([
      'Отопление в доме включено 24 ноября.',
    ]);
    expect(await message.row()).to.deep.include({
      status: 'answered',
      finishedAt: published,
    });
    const [publication] = await message.publications();
    expect(publication).to.include({ status: 'published', manual: false });
    const clocks = { return: drafted, draft: drafted, review: published } as const;
    for (const [kind, stoppedAt] of Object.entries(clocks)) {
      expect(await message.clock(kind as keyof typeof clocks), kind).to.deep.include({
        stoppedAt,
        missedAt: null,
      });
    }
    expect(await message.shortcomings()).to.be.empty;
    expect(message.passed()).to.include.members(['part-received', 'published', 'answered']);
  });
});
