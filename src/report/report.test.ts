import { expect } from 'chai';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { OutboxAttachmentEntity } from '../db/entities/outbox-attachment.ts';
import { InputError } from '../errors.ts';
import { drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { wordText } from '../../test/word.ts';
import { compileMonthlyData } from './compile-monthly-data.ts';
import { computeReportDate } from './compute-report-date.ts';
import { closedMonth, monthlyFiles } from './files.ts';
import { recordMonthlyCheck } from './record-monthly-check.ts';
import { sendMonthlyData } from './send-monthly-data.ts';

describe('The monthly report (clause 14)', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const report = (month: string) =>
    stage.db.getRepository(MonthlyReportEntity).findOneByOrFail({ month });
  const taken = (at: string) => drafted(stage.db, {}, { triagedAt: msk(at) });

  for (const [at, month, reportAt] of [
    // A Sunday, then a Tuesday, then the holidays, and the year nobody has published.
    ['2026-11-01T09:00', '2026-10', '2026-11-02T09:00'],
    ['2026-12-01T09:00', '2026-11', '2026-12-01T09:00'],
    ['2026-01-01T09:00', '2025-12', '2026-01-12T09:00'],
    ['2027-01-01T09:00', '2026-12', '2027-01-11T09:00'],
  ] as const) {
    it(`of ${month} is due on ${reportAt}`, async () => {
      const output = await stage.twice(computeReportDate(stage), { at: engineTime(at) });
      expect(output).to.deep.equal({ month, reportAt: msk(reportAt).toISOString() });
    });
  }

  it('is compiled anew until it is approved, then sent once as it was approved', async () => {
    const month = '2026-10';
    const at = engineTime('2026-11-02T09:00');
    await taken('2026-10-05T12:00');
    const first = await stage.twice(compileMonthlyData(stage), { month, at });
    expect(first).to.have.property('monthlyText').that.contains('принято в работу 1 сообщение');

    await taken('2026-10-06T12:00');
    const again = await stage.twice(recordMonthlyCheck(stage), {
      month,
      check: { decision: 'recompile', remarks: 'Одно не учтено' },
      at,
    });
    expect(again).to.deep.equal({ monthlyDecision: 'recompile', inputError: null });
    const second = await stage.twice(compileMonthlyData(stage), { month, at });
    expect(second).to.have.property('monthlyText').that.contains('принято в работу 2 сообщения');
    expect((await report(month)).snapshot.figures.messages).to.equal(2);

    const approved = await stage.twice(recordMonthlyCheck(stage), {
      month,
      check: { decision: 'approve' },
      at: engineTime('2026-11-02T09:30'),
    });
    expect(approved).to.include({ monthlyDecision: 'approve' });
    await taken('2026-10-07T12:00');
    await stage.twice(compileMonthlyData(stage), { month, at });
    expect((await report(month)).snapshot.figures.messages).to.equal(2);

    await stage.twice(sendMonthlyData(stage), { month, at: engineTime('2026-11-02T09:31') });
    const [mail, ...more] = (await stage.mail()).filter(({ key }) => key.startsWith('monthly:'));
    expect(more).to.have.length(0);
    expect(mail).to.include({
      address: 'vice-policy@smolensk.example',
      subject: 'Сводные данные за октябрь 2026 года',
    });
    expect(mail?.body).to.contain('принято в работу 2 сообщения жителей');
    expect(mail?.body).to.contain('http://otklik.example/reports/2026-10');
    const files = await stage.db
      .getRepository(OutboxAttachmentEntity)
      .find({ where: { outboxId: mail?.id ?? '' }, order: { ordinal: 'ASC' } });
    const closed = await closedMonth(stage.db.manager, month);
    const printed = closed && (await monthlyFiles(closed));
    expect(files.map(({ name, type, content }) => ({ name, type, content }))).to.deep.equal(
      printed,
    );
    expect(wordText(files[0]?.content ?? Buffer.of())).to.contain('принято в работу 2 сообщения');
    expect(await report(month)).to.deep.include({
      status: 'sent',
      approvedAt: msk('2026-11-02T09:30'),
      sentAt: msk('2026-11-02T09:31'),
    });
  });

  for (const check of [null, 'approve', [], { decision: 'perhaps' }]) {
    it(`is not checked by ${JSON.stringify(check)}`, async () => {
      const variables = { month: '2026-10', check, at: engineTime('2026-11-02T09:00') };
      const error = await stage.failure(recordMonthlyCheck(stage), variables);
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.match(/[а-я]/);
    });
  }
});
