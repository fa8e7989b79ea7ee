import { expect } from 'chai';
import { act } from '../system/act.ts';
import { atReview, inWork } from '../system/stages.ts';

describe('Deadlines that are missed', () => {
  const given = act();

  it('a late draft is a shortcoming of its executor, told once to the supervisor; the answer still goes out (clauses 6, 8, 12, 13)', async () => {
    const { otklik, curator, executor, deputyGovernor, clock, inbox } = given;
    const { message, post } = await inWork(given);
    await clock.advanceTo(clock.today('18:00'));
    const shortcoming = await otklik.firstShortcoming(message);
    const assignment = await message.assignment('minzhkh');
    expect(shortcoming).to.deep.include({
      kind: 'deadline',
      agencyCode: 'minzhkh',
      executor: 'minzhkh',
      assignmentId: assignment.id,
      supervisor: 'vice-infrastructure',
      status: 'open',
    });
    const deadline = await message.clock('draft');
    expect(deadline).to.deep.include({
      missedAt: clock.today('18:00').toJSDate(),
      stoppedAt: null,
    });
    expect(deadline.missedAt).to.deep.equal(deadline.dueAt);
    expect(shortcoming.deadlineId).to.equal(deadline.id);
    const task = await deputyGovernor.sees(shortcoming.id);
    expect(task.assignee).to.equal('vice-infrastructure');

    await clock.advanceTo(clock.now().plus({ days: 1 }).set({ hour: 10 }));
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.publishes(message);
    await otklik.ended(message);

    expect(post.replies()).to.have.length(1);
    expect(await message.clock('draft')).to.deep.include({
      stoppedAt: clock.now().toJSDate(),
      missedAt: deadline.dueAt,
    });
    const notices = await inbox.of('vice-infrastructure', message.url);
    expect(notices).to.have.length(1);
    for (const fact of [
      'Министерство жилищно-коммунального хозяйства',
      'Заместитель министра жилищно-коммунального хозяйства',
      'срок подготовки ответа (п. 6 Порядка)',
      'На момент уведомления срок превышен на менее 1 мин',
      `${given.system.url}/messages/${message.id}?key=`,
    ]) {
      expect(notices[0]?.text).to.contain(fact);
    }
    for (const deputy of ['vice-social', 'vice-economy', 'vice-policy', 'governor']) {
      expect(await inbox.of(deputy, message.url), deputy).to.be.empty;
    }
    expect(await message.shortcomings()).to.have.length(1);
  });

  it("the curator's hour that runs out is a shortcoming of the curator (clauses 8, 12, 13)", async () => {
    const { otklik, curator, clock, inbox } = given;
    const { message, post } = await atReview(given);
    const { dueAt } = await message.clock('review');
    await clock.advanceTo(clock.now().plus({ hours: 1, minutes: 30 }));
    const shortcoming = await otklik.firstShortcoming(message);
    expect(shortcoming).to.include({ agencyCode: 'vnutrpolitika', supervisor: 'vice-policy' });
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect(await message.clock('review')).to.deep.include({
      missedAt: dueAt,
      stoppedAt: clock.now().toJSDate(),
    });
    const [notice, ...others] = await inbox.of('vice-policy', message.url);
    expect(others).to.be.empty;
    expect(notice?.text)
      .to.contain('срок рассмотрения ответа куратором (п. 8 Порядка)')
      .and.contain('превышен на 30 мин рабочего времени');
  });

  it('a late rework is a shortcoming; the reworked answer goes out (clauses 9, 12, 13)', async () => {
    const { otklik, curator, executor, clock, inbox } = given;
    const { message, post } = await atReview(given);
    await curator.sendsBack(message, ['minzhkh'], 'Укажите дату и адрес.');
    const task = await executor('minzhkh').sees(message, 'rework-draft');
    expect((task.see('rework') as { remarksText: string }).remarksText).to.contain(
      'Укажите дату и адрес',
    );
    expect(task.see('text')).to.equal('Отопление включено.');
    expect((await message.assignment('minzhkh')).reworkRounds).to.equal(1);
    expect(await message.clock('review')).to.deep.include({
      stoppedAt: clock.now().toJSDate(),
      missedAt: null,
    });
    await clock.advanceTo(clock.now().plus({ hours: 1 }));
    const shortcoming = await otklik.firstShortcoming(message);
    expect(shortcoming).to.include({ agencyCode: 'minzhkh', executor: 'minzhkh' });
    const rework = await message.clock('rework');
    expect(rework.missedAt).to.deep.equal(rework.dueAt);
    await executor('minzhkh').reworks(message, 'Отопление включено 24 ноября.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies().map(({ text }) => text)).to.deep.equal(['Отопление включено 24 ноября.']);
    expect((await message.drafts('minzhkh')).map(({ version }) => version)).to.deep.equal([1, 2]);
    const [notice] = await inbox.of('vice-infrastructure', message.url);
    expect(notice?.text).to.contain('срок доработки ответа (п. 9 Порядка)');
    expect(await message.clocks('review')).to.have.length(2);
  });

  it('warnings come before each deadline, inside working time (clauses 6, 8, 9)', async () => {
    const { otklik, curator, executor, clock, inbox } = given;
    // Of the eight hours six end at 18:00: two before the deadline nobody is at work any more.
    await clock.advanceTo(clock.today('11:00'));
    const { message } = await inWork(given);
    const tomorrow = (time: string) => clock.today(time).plus({ days: 1 });
    const { dueAt, warnAt } = await message.clock('draft');
    expect([warnAt, dueAt]).to.deep.equal([
      tomorrow('09:00').toJSDate(),
      tomorrow('11:00').toJSDate(),
    ]);
    const warnings = () => inbox.of('minzhkh-priem', message.url, 'Срок близко');
    await clock.advanceTo(tomorrow('08:59'));
    expect(await warnings()).to.be.empty;
    await clock.advanceTo(clock.today('09:00'));
    expect((await warnings()).map(({ text }) => text).join()).to.contain('осталось 2 ч рабочего');

    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.sees(message, 'review-answer');
    await clock.advanceTo(clock.today('09:41'));
    for (const login of ['curator', 'curator2']) {
      const [warning, ...others] = await inbox.of(login, message.url, 'Истекает срок');
      expect(others).to.be.empty;
      expect(warning?.text).to.contain('осталось 20 мин рабочего времени');
    }
    await curator.sendsBack(message, ['minzhkh'], 'Укажите дату.');
    await executor('minzhkh').sees(message, 'rework-draft');
    await clock.advanceTo(clock.today('10:22'));
    expect(await warnings()).to.have.length(2);
    await executor('minzhkh').reworks(message, 'Отопление включено 24 ноября.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(await message.shortcomings()).to.be.empty;
  });
});
