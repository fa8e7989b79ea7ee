import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { answer, draft, openStage, type Stage } from '../../test/stage.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { OutboxEntryEntity } from '../db/entities/outbox.ts';
import { RegionEntity } from '../db/entities/region.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { loadHistory } from '../db/history.ts';
import { relatedTo } from '../db/related.ts';
import { messagePage } from '../http/views/message/page.ts';
import { log } from '../log.ts';
import { regionSettings } from '../registry/queries.ts';
import { monthlyFiles } from '../report/files.ts';
import { takeSnapshot } from '../report/snapshot.ts';
import { remember } from '../route/likeness.ts';
import { countDue, eraseDue } from './erase.ts';

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY);
/** Done with for a little more than a year. */
const LONG_AGO: Partial<Message> = {
  status: 'answered',
  topic: 'roads',
  subjectKind: 'complaint',
  triagedAt: daysAgo(370),
  finishedAt: daysAgo(367),
};

describe('The retention of authors’ personal data', () => {
  let stage: Stage;
  const { info } = log;
  before(async () => {
    log.info = () => undefined;
    stage = await openStage();
  });
  after(async () => {
    log.info = info;
    await stage.close();
  });
  beforeEach(async () => {
    await eraseDue(stage.db);
    await keepFor(undefined);
  });

  async function keepFor(retention: string | undefined): Promise<void> {
    const settings = { ...(await regionSettings(stage.db.manager)), retention };
    await stage.db.getRepository(RegionEntity).update({ id: true }, { settings });
  }
  const read = (id: string) => stage.db.getRepository(MessageEntity).findOneByOrFail({ id });

  it('erases name, page, photos, and what the texts say of them, a year after the end of the work', async () => {
    const text = 'Это Иван Петров. Пишите на ivan@mail.example или 8 (4812) 38-00-11, vk.com/id7';
    const id = await aMessage(stage, { ...LONG_AGO, text, photos: ['https://a.example/1.jpg'] });
    const { id: assignmentId } = await anAssignment(stage, id);
    await draft(stage.db, assignmentId, 1, 'Ивану Петрову ответить: яма заделана.');
    await answer(stage.db, id, '[id7|Иван], яма заделана. Телефон для справок 8 (4812) 29-91-01.');

    await remember(stage.db.manager, await read(id), daysAgo(370));

    expect(await countDue(stage.db)).to.equal(1);
    expect(await eraseDue(stage.db)).to.equal(1);
    const erased = await read(id);
    expect(await stage.db.query('select from likeness where message_id = $1', [id])).to.be.empty;
    expect(erased).to.deep.include({ authorName: null, authorUrl: null, photos: [] });
    expect(erased.text).to.equal('Это [скрыто]. Пишите на [скрыто] или [скрыто], [скрыто]');
    const history = await loadHistory(stage.db, id);
    expect(history?.drafts[0]?.text).to.equal('[скрыто] ответить: яма заделана.');
    expect(history?.answers[0]?.text).to.equal(
      '[скрыто], яма заделана. Телефон для справок 8 (4812) 29-91-01.',
    );
    expect(history?.audit.at(-1)?.action).to.equal('удалены данные автора: истёк срок хранения');
    expect(await eraseDue(stage.db)).to.equal(0);
  });

  it('leaves the history, the figures and the month’s document as they were (clause 14)', async () => {
    const id = await aMessage(stage, LONG_AGO);
    await anAssignment(stage, id);
    const month = (LONG_AGO.triagedAt ?? new Date()).toISOString().slice(0, 7);
    const filesNow = async () => {
      const at = new Date(0);
      return monthlyFiles(await takeSnapshot(stage.db.manager, { month, at, preliminary: true }));
    };
    const before = await filesNow();
    expect(await eraseDue(stage.db)).to.equal(1);
    expect(await filesNow()).to.deep.equal(before);
    const history = await loadHistory(stage.db, id);
    if (history === null) return expect.fail('the message is gone');
    const page = messagePage(history, {
      related: await relatedTo(stage.db.manager, history.message),
      zone: 'Europe/Moscow',
      fileLink: () => '',
      attachmentLink: null,
      canWithdraw: false,
      canNoteFaults: false,
      progress: { passed: [], current: [] },
      ways: [],
      frame: null,
    });
    expect(page).to.contain('Данные автора удалены по сроку хранения');
    expect(page).to.contain('Когда заделают яму').and.not.to.contain('Петров');
    expect(page).to.contain('Подготовка ответа (п. 6)');
  });

  it('waits for the time that the region sets', async () => {
    const ids = [
      await aMessage(stage, { ...LONG_AGO, finishedAt: daysAgo(20) }),
      await aMessage(stage, { ...LONG_AGO, finishedAt: daysAgo(10) }),
      await aMessage(stage, { ...LONG_AGO, finishedAt: null, status: 'assigned' }),
    ];
    expect(await eraseDue(stage.db)).to.equal(0);
    await keepFor('P2W');
    expect(await eraseDue(stage.db)).to.equal(1);
    const names = await Promise.all(ids.map(async (id) => (await read(id)).authorName));
    expect(names).to.deep.equal([null, 'Иван Петров', 'Иван Петров']);
  });

  it('keeps the evidence of what is not decided yet (clauses 13, 15)', async () => {
    const [faulty, urgent] = [await aMessage(stage, LONG_AGO), await aMessage(stage, LONG_AGO)];
    const [id, urgentId] = [randomUUID(), randomUUID()];
    await stage.db.getRepository(ShortcomingEntity).insert({
      id,
      sourceKey: id,
      kind: 'substance',
      messageId: faulty,
      agencyCode: 'minzdrav',
      supervisor: 'vice-social',
      description: 'Не по существу',
      openedAt: daysAgo(366),
      status: 'open',
    });
    await stage.db.getRepository(UrgentReportEntity).insert({
      id: urgentId,
      sourceKey: urgentId,
      messageId: urgent,
      grounds: 'срочно',
      openedAt: daysAgo(366),
      status: 'confirmed',
    });
    expect(await eraseDue(stage.db)).to.equal(0);
    const closing = { status: 'unfounded', closedAt: daysAgo(1) } as const;
    await stage.db.getRepository(ShortcomingEntity).update({ id }, closing);
    await stage.db.getRepository(UrgentReportEntity).update({ id: urgentId }, { status: 'sent' });
    expect(await eraseDue(stage.db)).to.equal(2);
  });

  it('empties notices of that age, and sends none again', async () => {
    const entry = (key: string, sentAt: Date | null) => ({
      id: randomUUID(),
      key,
      channel: 'email' as const,
      address: 'curator@smolensk.example',
      subject: 'Срок',
      body: 'Иван Петров пишет',
      payload: { text: 'Иван Петров пишет' },
      sentAt,
    });
    const outbox = stage.db.getRepository(OutboxEntryEntity);
    await outbox.insert([
      entry('old', daysAgo(367)),
      entry('new', daysAgo(1)),
      entry('open', null),
    ]);
    await eraseDue(stage.db);
    const bodies = await Promise.all(
      ['old', 'new', 'open'].map(async (key) => (await outbox.findOneByOrFail({ key })).body),
    );
    expect(bodies).to.deep.equal(['', 'Иван Петров пишет', 'Иван Петров пишет']);
  });

  it('takes several batches, and two processes do not do one message twice', async () => {
    for (let at = 0; at < 130; at += 1) await aMessage(stage, LONG_AGO);
    const done = await Promise.all([eraseDue(stage.db), eraseDue(stage.db)]);
    expect(done[0] + done[1]).to.be.at.most(130);
    await eraseDue(stage.db);
    expect(await countDue(stage.db)).to.equal(0);
    const [lines] = await stage.db.query<{ count: number }[]>(
      `select count(*)::int as count from audit where key like 'erased:%'
       group by message_id order by 1 desc limit 1`,
    );
    expect(lines?.count).to.equal(1);
  });
});
