import { expect } from 'chai';
import { ReturnRequestEntity } from '../../src/db/entities/return-request.ts';
import { act } from '../system/act.ts';
import type { MessageInWork } from '../system/message.ts';
import { inWork } from '../system/stages.ts';

const GROUNDS = 'Дом управляется частной компанией, нужен жилищный надзор.';

describe('A message that an agency returns', () => {
  const given = act();

  const requestOf = async (message: MessageInWork) =>
    given.system.db
      .getRepository(ReturnRequestEntity)
      .findOneByOrFail({ assignmentId: (await message.assignment('minzhkh')).id });

  it('in time goes to another agency, whose clocks start at its own receipt (clauses 3, 5, 6)', async () => {
    const { otklik, curator, executor, clock } = given;
    const { message, post } = await inWork(given);
    // Short of the 30 minutes: at the very instant the clock may have to move on for the timer to fire.
    await clock.advanceTo(clock.today('09:29'));
    await executor('minzhkh').returns(message, GROUNDS, 'gzhi');
    const task = await curator.sees(message, 'review-return');
    expect(task.see('returnNote'))
      .to.contain('в срок (п. 5)')
      .and.contain('нужен жилищный надзор')
      .and.contain('Государственная жилищная инспекция');
    expect(task.see('agencyCode')).to.equal('gzhi');

    await clock.advanceTo(clock.today('10:00'));
    await curator.decidesOnReturn(message, { decision: 'redirect', agencyCode: 'gzhi' });
    await executor('gzhi').sees(message);
    expect(await requestOf(message)).to.include({ late: false, redirectedTo: 'gzhi' });
    expect(await message.assignment('minzhkh')).to.include({ status: 'redirected' });
    expect(await message.clock('draft', 'minzhkh')).to.deep.include({
      stoppedAt: clock.today('09:29').toJSDate(),
      missedAt: null,
    });
    expect(await message.clock('return', 'gzhi')).to.deep.include({
      startedAt: clock.today('10:00').toJSDate(),
      dueAt: clock.today('10:30').toJSDate(),
    });
    expect(await message.clock('draft', 'gzhi')).to.deep.include({
      startedAt: clock.today('10:00').toJSDate(),
      dueAt: clock.today('10:00').plus({ days: 1 }).toJSDate(),
    });

    await clock.advanceTo(clock.today('18:30'));
    await executor('gzhi').drafts(message, 'Управляющая компания восстановила отопление.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect(await message.shortcomings()).to.be.empty;
  });

  it('after 30 minutes is recorded as late, and the curator decides (clause 5)', async () => {
    const { otklik, curator, executor, clock } = given;
    const { message, post } = await inWork(given);
    await clock.advanceTo(clock.today('09:42'));
    await executor('minzhkh').returns(message, GROUNDS);
    const task = await curator.sees(message, 'review-return');
    expect(task.see('returnNote')).to.contain('с опозданием на 12 мин');
    expect(await requestOf(message)).to.deep.include({
      late: true,
      returnedAt: clock.today('09:42').toJSDate(),
    });
    expect(await message.history())
      .to.include('minzhkh: срок возврата истёк (п. 5)')
      .and.include('minzhkh: сообщение возвращено с опозданием');
    await curator.decidesOnReturn(message, { decision: 'redirect', agencyCode: 'gzhi' });
    await executor('gzhi').drafts(message, 'Отопление восстановлено.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
  });

  it('and gets back keeps its old deadline (clauses 5, 6, 12)', async () => {
    const { otklik, curator, executor, clock } = given;
    const { message, post } = await inWork(given);
    const { dueAt } = await message.clock('draft');
    await clock.advanceTo(clock.today('09:10'));
    await executor('minzhkh').returns(message, GROUNDS);
    await curator.sees(message, 'review-return');
    await clock.advanceTo(clock.today('11:00'));
    await curator.decidesOnReturn(message, { decision: 'refuse', note: 'Котельная ваша.' });
    const task = await executor('minzhkh').sees(message);
    expect(task.see('returnRefusal')).to.contain('Котельная ваша');
    expect(task.see('assignment')).to.include({ dueAt: dueAt.toISOString() });
    await clock.advanceTo(clock.today('18:00'));
    await otklik.firstShortcoming(message);
    expect(await message.clocks('draft')).to.have.length(1);
    expect(await message.clock('draft')).to.deep.include({ dueAt, missedAt: dueAt });
    await executor('minzhkh').drafts(message, 'Отопление восстановлено.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect(await message.shortcomings()).to.have.length(1);
  });

  it('to the last agency comes to the curator for triage again (clauses 2, 5)', async () => {
    const { otklik, curator, executor } = given;
    const { message, post } = await inWork(given, ['minzhkh', 'minobr']);
    for (const agency of ['minzhkh', 'minobr']) {
      await executor(agency).returns(message, GROUNDS);
      await curator.decidesOnReturn(message, { decision: 'drop' });
      await otklik.until('the assignment to be dropped', message, async () => {
        return (await message.assignment(agency)).status === 'dropped';
      });
    }
    await curator.triages(message, { agencies: ['gzhi'] });
    await executor('gzhi').drafts(message, 'Отопление восстановлено.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect((await message.assignments()).map(({ status }) => status)).to.have.members([
      'dropped',
      'dropped',
      'drafted',
    ]);
  });

  it('or that has no executor is given to another agency by the curator (clause 3)', async () => {
    const { city, otklik, curator, executor, system } = given;
    const post = city.writes('Закрыли каток.');
    const message = await otklik.detected(post);
    await system.db.query(`update agency set executor = null where code = 'minsport'`);
    try {
      await curator.triages(message, { agencies: ['minsport'], topic: 'sport' });
      const task = await curator.sees(message, 'appoint-agency');
      expect(task.see('inputError')).to.contain('«Минспорт» сейчас нет исполнителя');
      await curator.appoints(message, { decision: 'assign', agencyCode: 'minkult' });
      await executor('minkult').sees(message);
    } finally {
      await system.db.query(`update agency set executor = 'minsport' where code = 'minsport'`);
    }
    await executor('minkult').drafts(message, 'Каток откроется 1 декабря.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect((await message.assignments()).map(({ agencyCode }) => agencyCode)).to.deep.equal([
      'minkult',
    ]);
  });
});
