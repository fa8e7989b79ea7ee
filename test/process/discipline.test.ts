import { expect } from 'chai';
import { ProcessStartEntity } from '../../src/db/entities/process-start.ts';
import { ShortcomingEntity } from '../../src/db/entities/shortcoming.ts';
import { noteFault } from '../../src/discipline/note-fault.ts';
import { withdrawShortcoming } from '../../src/discipline/withdraw-shortcoming.ts';
import { act } from '../system/act.ts';
import { inWork } from '../system/stages.ts';
import { eventually } from '../system/wait.ts';

describe('A shortcoming', () => {
  const given = act();

  async function missed() {
    const { message } = await inWork(given);
    await given.clock.advanceTo(given.clock.today('18:00'));
    const { id } = await given.otklik.firstShortcoming(message);
    const row = () => given.system.db.getRepository(ShortcomingEntity).findOneByOrFail({ id });
    return { message, id, row };
  }

  it('is followed until it is remedied (clause 13)', async () => {
    const { deputyGovernor, remedy, clock, inbox, system } = given;
    const { message, id, row } = await missed();
    const task = await deputyGovernor.sees(id);
    expect(task.see('evidence')).to.contain('срок подготовки ответа').and.contain('Учтённое время');
    const due = clock.now().plus({ days: 2 }).startOf('day');
    await deputyGovernor.decides(id, {
      decision: 'instruction',
      text: 'Ответить жителю и доложить.',
      remedyDueAt: due.toISODate(),
    });
    const work = await remedy.isSeen(id);
    expect(work.assignee).to.equal('minzhkh');
    expect(await row()).to.include({ status: 'instructed', decision: 'instruction' });
    const [instruction] = await inbox.of('minzhkh-priem', 'Поручение об устранении', message.id);
    expect(instruction?.text).to.contain('Ответить жителю и доложить.');

    await clock.advanceTo(due.plus({ days: 1 }));
    expect(await row()).to.include({ status: 'overdue' });
    const reminders = await inbox.of('vice-infrastructure', 'не устранён в срок', message.id);
    expect(reminders).to.have.length(1);

    await remedy.isReported(id, 'Ответ направлен, график дежурств изменён.');
    await system.steady();
    expect(await row()).to.deep.include({
      status: 'remedied',
      remedyText: 'Ответ направлен, график дежурств изменён.',
      closedAt: clock.now().toJSDate(),
    });
    expect(await inbox.of('vice-infrastructure', message.id)).to.have.length(2);
  });

  it('that proves unfounded is closed at once (clause 13)', async () => {
    const { deputyGovernor, clock, inbox, system } = given;
    const { message, id, row } = await missed();
    await deputyGovernor.decides(id, { decision: 'unfounded', text: 'Сбой связи.' });
    await system.steady();
    expect(await row()).to.deep.include({
      status: 'unfounded',
      decisionText: 'Сбой связи.',
      closedAt: clock.now().toJSDate(),
    });
    expect(await inbox.of('minzhkh-priem', 'Поручение об устранении', message.id)).to.be.empty;
  });

  it('that the curator notes is considered, and ends when the curator takes it back (clauses 12, 13)', async () => {
    const { deputyGovernor, clock, inbox, system } = given;
    const { message } = await inWork(given);
    const { id: assignment } = await message.assignment('minzhkh');
    const curator = { login: 'curator', name: 'Куратор' };
    const fault = { assignment, ground: 'incomplete', text: 'Не указан срок ремонта.' };
    const { id } = await system.db.transaction((tx) =>
      noteFault(tx, message.id, fault, curator, clock.now().toJSDate()),
    );
    const task = await deputyGovernor.sees(id);
    expect(task.see('evidence')).to.contain('Неполный ответ');
    await system.db.transaction((tx) =>
      withdrawShortcoming(
        tx,
        id,
        { grounds: 'Срок назван в приложении.' },
        curator,
        clock.now().toJSDate(),
      ),
    );
    await eventually('the process to end', async () => {
      await system.view.look();
      return system.view.hasEnded(task.instance);
    });
    expect(system.view.tasks(task.instance)).to.be.empty;
    expect(system.view.passed(task.instance)).to.include('shortcoming-taken-back');
    await system.steady();
    expect(await inbox.of('vice-infrastructure', 'Недостаток снят куратором')).to.have.length(1);
    const told = { messageName: 'shortcoming-withdrawn', correlationKey: id };
    const { confirmedAt } = await system.db.getRepository(ProcessStartEntity).findOneByOrFail(told);
    expect(confirmedAt).to.be.instanceOf(Date);
  });
});
