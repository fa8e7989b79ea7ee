import { expect } from 'chai';
import { DateTime } from 'luxon';
import { aMessage } from '../../../test/builders.ts';
import { engineTime, msk, openStage, type Stage } from '../../../test/stage.ts';
import type { Message } from '../../db/entities/message.ts';
import { ProcessStartEntity } from '../../db/entities/process-start.ts';
import { OutboxAttachmentEntity } from '../../db/entities/outbox-attachment.ts';
import { SurgeEntity } from '../../db/entities/surge.ts';
import { UrgentReportEntity } from '../../db/entities/urgent-report.ts';
import { prepareUrgentReport } from '../prepare-urgent-report.ts';
import { recordUrgentDecision } from '../record-urgent-decision.ts';
import { sendUrgentReport } from '../send-urgent-report.ts';
import { detectSurges } from './detect.ts';

const EVENING = '2026-11-24T20:00';
const HEATING = { proposedTopic: 'heating', proposedMunicipality: 'vyazemsky' } as const;
const TEXT = 'В Вязьме *весь* дом без отопления, батареи ледяные.';

describe('The detector of surges on the database (clause 15)', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
    // a year ago the networks were read already
    await aMessage(stage, { publishedAt: msk('2025-11-24T09:00'), detectedAt: msk('2025-11-24') });
  });
  afterEach(() => stage.close());

  const hoursAgo = (hours: number, weeks = 0) =>
    DateTime.fromJSDate(msk(EVENING)).minus({ hours, weeks }).toJSDate();
  const come = async (count: number, over: Partial<Message> = {}, weeks = 0) => {
    for (let n = 0; n < count; n++) {
      const publishedAt = hoursAgo(0.1 + (n * 1.8) / count, weeks);
      await aMessage(stage, { text: TEXT, ...HEATING, publishedAt, ...over });
    }
  };
  const usually = async (counts = [1, 2, 1, 1, 2, 2, 1, 2], over: Partial<Message> = {}) => {
    for (const [index, count] of counts.entries()) await come(count, over, index + 1);
  };
  const detect = (at = EVENING) => detectSurges(stage.db, msk(at));
  const reports = () =>
    stage.db.getRepository(UrgentReportEntity).find({ order: { openedAt: 'ASC' } });
  const surges = () => stage.db.getRepository(SurgeEntity).find({ order: { detectedAt: 'ASC' } });

  it('says what came, where, and what is usual, and starts the report once', async () => {
    await usually();
    await come(17);
    await detect();
    const [report, ...others] = await reports();
    expect(others).to.be.empty;
    expect(report).to.include({
      grounds: '17 сообщений об отоплении и воде в Вяземском округе за 2 ч, обычно 1–2',
      messageId: null,
      status: 'open',
    });
    expect(report?.openedAt).to.deep.equal(msk(EVENING));
    const start = { messageName: 'urgent-found', correlationKey: report?.id ?? '' };
    expect(await stage.db.getRepository(ProcessStartEntity).countBy(start)).to.equal(1);
  });

  it('tells of a surge once, however many look, until it has been quiet for long', async () => {
    await usually();
    await come(17);
    await Promise.all([detect(), detect(), detect()]);
    await detect('2026-11-24T20:01');
    await detect('2026-11-25T03:00');
    expect(await surges()).to.have.length(1);
    // people write on in the morning: the same failure
    const morning = { publishedAt: msk('2026-11-25T07:30') };
    for (let n = 0; n < 15; n++) await aMessage(stage, { ...HEATING, ...morning });
    await detect('2026-11-25T08:00');
    expect(await surges()).to.have.length(1);
    expect((await surges())[0]).to.deep.include({
      lastRaisedAt: msk('2026-11-25T08:00'),
      endedAt: null,
    });
    await detect('2026-11-25T20:30');
    expect((await surges())[0]?.endedAt).to.deep.equal(msk('2026-11-25T20:30'));
    const next = { publishedAt: msk('2026-11-27T19:30') };
    for (let n = 0; n < 15; n++) await aMessage(stage, { ...HEATING, ...next });
    await detect('2026-11-27T20:00');
    expect(await reports()).to.have.length(2);
  });

  it('counts what the curator said instead of what the text seemed to say', async () => {
    await usually();
    const roads = { topic: 'roads', municipality: 'vyazemsky', triagedAt: msk(EVENING) };
    await come(17, roads);
    await come(17, { status: 'not-relevant', triagedAt: msk(EVENING) });
    await detect();
    expect((await surges()).map(({ topic }) => topic)).to.deep.equal(['roads']);
  });

  it('takes for usual also what only seemed to be about the same', async () => {
    const elsewhere = { topic: 'housing', municipality: null };
    await usually([15, 16, 14, 15, 17, 13, 16, 15], elsewhere);
    await come(17);
    await detect();
    expect(await surges()).to.be.empty;
  });

  it('waits for no place named while the topic is told of already', async () => {
    await come(30, { proposedMunicipality: null });
    await usually();
    await come(17);
    await detect();
    expect((await surges()).map((it) => it.municipality)).to.deep.equal(['vyazemsky']);
  });

  it('needs three times as many as long as there is nothing to compare with', async () => {
    await stage.db.query(`delete from message`);
    await come(29, { detectedAt: hoursAgo(1) });
    await detect();
    expect(await surges()).to.be.empty;
    await come(1, { detectedAt: hoursAgo(1) });
    await detect();
    const [report] = await reports();
    expect(report?.grounds).to.contain('сравнить не с чем: данных за прежние недели нет');
  });

  it('holds to the region’s settings', async () => {
    await usually();
    await come(17);
    await stage.db.query(`update region set settings = jsonb_set(settings, '{surge,least}', '18')`);
    await detect();
    expect(await surges()).to.be.empty;
  });

  it('puts the list and a chart before the department head and mails both to the Governor', async () => {
    await usually();
    await come(17);
    await detect();
    const [{ id } = { id: '' }] = await reports();
    const at = engineTime('2026-11-24T20:05');
    const prepared = await stage.twice(prepareUrgentReport(stage), { urgentReportId: id, at });
    const { urgentText } = prepared as { urgentText: string };
    expect(urgentText).to.contain('обычно 1–2').and.contain('1, 2, 1, 1, 2, 2, 1, 2');
    expect(urgentText).to.contain('&#42;весь&#42;').and.contain(stage.urgentLink(id));
    await stage.twice(recordUrgentDecision(stage), {
      urgentReportId: id,
      urgentDecision: { decision: 'confirm', note: null },
      at,
    });
    await stage.twice(sendUrgentReport(stage), { urgentReportId: id, at });
    const mails = (await stage.mail()).filter(({ key }) => key.startsWith(`urgent:${id}:`));
    expect(mails.map(({ address }) => address.split('@')[0])).to.deep.equal(['head', 'governor']);
    for (const { id: outboxId, body } of mails) {
      expect(body.match(/vk\.com\/wall/g)).to.have.length(17);
      const [chart] = await stage.db.getRepository(OutboxAttachmentEntity).findBy({ outboxId });
      expect(chart).to.include({ name: 'vsplesk.png', type: 'image/png' });
      expect(chart?.content.subarray(1, 4).toString()).to.equal('PNG');
    }
    expect(mails[1]?.subject).to.contain('об отоплении и воде в Вяземском округе');
    expect((await reports())[0]?.status).to.equal('sent');
  });
});
