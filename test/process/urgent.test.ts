import { expect } from 'chai';
import { UrgentReportEntity } from '../../src/db/entities/urgent-report.ts';
import { act } from '../system/act.ts';

describe('Acutely significant information', () => {
  const given = act();

  it('goes to the Governor once the department head confirms, who is reminded until then (clause 15)', async () => {
    const { city, otklik, curator, executor, departmentHead, clock, inbox, system } = given;
    const message = await otklik.detected(city.writes('Взрыв газа в жилом доме!'));
    await curator.triages(message, {
      urgent: true,
      urgentGrounds: 'Есть пострадавшие.',
      note: 'Ответьте сегодня.',
    });
    await executor('minzhkh').sees(message);
    const reports = system.db.getRepository(UrgentReportEntity);
    const { id, openedAt } = await reports.findOneByOrFail({ messageId: message.id });
    expect(openedAt).to.deep.equal(clock.now().toJSDate());
    const task = await departmentHead.sees(id);
    expect(task.assignee).to.equal('head');
    expect(task.see('urgentText')).to.contain('Есть пострадавшие').and.contain('Взрыв газа');
    expect(await inbox.of('head', message.url)).to.have.length(1);
    expect(await inbox.of('governor', message.url)).to.be.empty;

    for (const minutes of [16, 15]) await clock.advanceTo(clock.now().plus({ minutes }));
    const reminders = await inbox.of('head', message.url, 'Напоминание');
    expect(reminders.map(({ text }) => /ждёт решения (.*?) \(/.exec(text)?.[1])).to.deep.equal([
      '16 мин',
      '31 мин',
    ]);

    const decidedAt = clock.now();
    await departmentHead.decides(id, { decision: 'confirm' });
    await system.steady();
    const reported = await inbox.of('governor', message.url);
    expect(reported).to.have.length(1);
    expect(reported[0]?.text).to.contain('Взрыв газа').and.contain('Есть пострадавшие');
    expect(await reports.findOneByOrFail({ id })).to.deep.include({
      status: 'sent',
      sentAt: decidedAt.toJSDate(),
    });
    await clock.advanceTo(clock.today('10:30'));
    expect(await inbox.of('head', message.url, 'Напоминание')).to.have.length(2);
    expect(await inbox.of('governor', message.url)).to.have.length(1);
  });
});
