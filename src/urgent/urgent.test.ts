import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { IsNull, Not } from 'typeorm';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { queueStart } from '../db/starts.ts';
import { InputError } from '../errors.ts';
import { drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { prepareUrgentReport } from './prepare-urgent-report.ts';
import { recordUrgentDecision } from './record-urgent-decision.ts';
import { remindDepartmentHead } from './remind-department-head.ts';
import { sendUrgentReport } from './send-urgent-report.ts';

describe('A report to the Governor (clause 15)', () => {
  let stage: Stage;
  let id: string;
  let messageId: string;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  beforeEach(async () => {
    ({ messageId } = await drafted(stage.db, {}, { text: 'Прорвало *плотину*', urgent: true }));
    id = randomUUID();
    await stage.db.transaction(async (tx) => {
      await tx.insert(UrgentReportEntity, {
        id,
        sourceKey: id,
        messageId,
        grounds: 'Отметка куратора',
        openedAt: msk('2026-11-24T10:00'),
        status: 'open',
      });
      await queueStart(tx, 'urgent-found', id, { urgentReportId: id });
    });
  });

  const at = engineTime('2026-11-24T10:15');
  const report = () => stage.db.getRepository(UrgentReportEntity).findOneByOrFail({ id });
  const mails = async () =>
    (await stage.mail()).filter(({ key }) => key.startsWith(`urgent:${id}:`));
  const decide = (urgentDecision: unknown) => ({ urgentReportId: id, urgentDecision, at });

  it('is put before the department head at once', async () => {
    const output = await stage.twice(prepareUrgentReport(stage), { urgentReportId: id, at });
    expect(output).to.deep.include({
      urgent: { id, messageId, departmentHead: 'head' },
      urgentReminder: 'PT15M',
    });
    expect(output).to.have.property('urgentText').that.contains('Отметка куратора');
    expect(output).to.have.property('urgentText').that.contains('&#42;плотину&#42;');
    const [mail, ...more] = await mails();
    expect(more).to.have.length(0);
    expect(mail?.address).to.equal('head@smolensk.example');
    expect(mail?.body).to.contain('Прорвало *плотину*').and.contain(stage.pageLink(messageId));
    const start = { correlationKey: id, confirmedAt: Not(IsNull()) };
    expect(await stage.db.getRepository(ProcessStartEntity).countBy(start)).to.equal(1);
  });

  it('is reminded of, each time once, until it is decided on', async () => {
    await stage.twice(remindDepartmentHead(stage), { urgentReportId: id, at });
    await stage.twice(remindDepartmentHead(stage), {
      urgentReportId: id,
      at: engineTime('2026-11-24T10:30'),
    });
    expect(await mails()).to.have.length(2);
    expect((await mails())[1]?.body).to.contain('ждёт решения 30 мин');
    await stage.twice(recordUrgentDecision(stage), decide({ decision: 'confirm' }));
    await stage.twice(remindDepartmentHead(stage), { urgentReportId: id, at });
    expect(await mails()).to.have.length(2);
  });

  it('goes to the Governor once it is confirmed', async () => {
    const output = await stage.twice(
      recordUrgentDecision(stage),
      decide({ decision: 'confirm', note: 'Работают службы' }),
    );
    expect(output).to.deep.equal({ urgentOutcome: 'confirm', inputError: null });
    await stage.twice(sendUrgentReport(stage), {
      urgentReportId: id,
      at: engineTime('2026-11-24T10:16'),
    });
    const [mail, ...more] = await mails();
    expect(more).to.have.length(0);
    expect(mail?.address).to.equal('governor@smolensk.example');
    expect(mail?.body).to.contain('Работают службы').and.contain('Тема: Дороги');
    expect(await report()).to.deep.include({
      status: 'sent',
      decidedAt: msk('2026-11-24T10:15'),
      sentAt: msk('2026-11-24T10:16'),
    });
  });

  it('is dropped with a note', async () => {
    const output = await stage.twice(
      recordUrgentDecision(stage),
      decide({ decision: 'reject', note: 'Уже доложено' }),
    );
    expect(output).to.include({ urgentOutcome: 'reject' });
    expect(await report()).to.include({ status: 'rejected', decisionNote: 'Уже доложено' });
  });

  for (const wrong of [null, 'confirm', {}, { decision: 'maybe' }, { decision: 'reject' }]) {
    it(`is not decided by ${JSON.stringify(wrong)}`, async () => {
      const error = await stage.failure(recordUrgentDecision(stage), decide(wrong));
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.match(/[а-я]/);
      expect((await report()).status).to.equal('open');
    });
  }
});
