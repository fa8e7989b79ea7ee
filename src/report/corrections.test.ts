import { expect } from 'chai';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { ReturnRequestEntity } from '../db/entities/return-request.ts';
import { clock, drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { wordText } from '../../test/word.ts';
import { compileMonthlyData } from './compile-monthly-data.ts';
import { closedMonth, monthlyFiles } from './files.ts';
import { recordMonthlyCheck } from './record-monthly-check.ts';

describe('A month that is closed (clause 14)', () => {
  let stage: Stage;
  let messageId: string;
  let assignmentId: string;
  before(async () => {
    stage = await openStage();
    const made = await drafted(
      stage.db,
      { mintrans: 'Яма заделана.' },
      { detectedAt: msk('2026-10-20T09:50'), triagedAt: msk('2026-10-20T10:00') },
    );
    messageId = made.messageId;
    [assignmentId = ''] = made.assignments;
    const { db } = stage;
    const at = msk('2026-10-20T10:00');
    await db.getRepository(AssignmentEntity).update({ id: assignmentId }, { receivedAt: at });
    await db
      .getRepository(DraftEntity)
      .update({ assignmentId }, { submittedAt: msk('2026-10-20T12:00') });
    await clock(db, messageId, {
      kind: 'draft',
      agencyCode: 'mintrans',
      assignmentId,
      dueAt: msk('2026-10-20T18:00'),
    });
    await db.getRepository(ReturnRequestEntity).insert({
      id: assignmentId,
      sourceKey: 'r',
      assignmentId,
      grounds: 'Дорога частная',
      returnedAt: msk('2026-10-20T10:20'),
      late: false,
    });
  });
  after(() => stage.close());

  const compile = (month: string, at: string) =>
    stage.twice(compileMonthlyData(stage), { month, at: engineTime(at) });
  const approve = (month: string, at: string) =>
    stage.twice(recordMonthlyCheck(stage), {
      month,
      check: { decision: 'approve' },
      at: engineTime(at),
    });
  const correctionsIn = async (month: string) => {
    const { snapshot } = await stage.db
      .getRepository(MonthlyReportEntity)
      .findOneByOrFail({ month });
    return snapshot.corrections.map(({ name, before, after, facts }) => [
      name,
      before,
      after,
      ...facts,
    ]);
  };
  const filesOf = async (month: string) => {
    const closed = await closedMonth(stage.db.manager, month);
    return closed && monthlyFiles(closed);
  };

  it('keeps its figures and its files whatever becomes known later', async () => {
    await compile('2026-10', '2026-11-02T09:00');
    expect(await filesOf('2026-10'), 'before it is approved').to.be.null;
    await approve('2026-10', '2026-11-02T10:00');
    const before = await filesOf('2026-10');
    const { db } = stage;
    const decided = { decision: 'redirect', decidedAt: msk('2026-11-03T09:00') } as const;
    await db.getRepository(ReturnRequestEntity).update({ assignmentId }, decided);
    await db.getRepository(MessageEntity).update({ id: messageId }, { topic: 'improvement' });
    expect(await filesOf('2026-10')).to.deep.equal(before);
    await compile('2026-10', '2026-11-05T09:00');
    expect(await filesOf('2026-10')).to.deep.equal(before);
  });

  it('is corrected by name and fact in the next document', async () => {
    const where = '(https://vk.com/wall-1_20)';
    const expected = [
      [
        'Минтранс: возвратов принято',
        0,
        1,
        `возврат от 20.10.2026 10:20 ${where}: решение куратора – принят, передано другому органу`,
      ],
      [
        'Сообщений по темам: Дороги',
        1,
        0,
        `сообщение от 20.10.2026 10:00 ${where}: тема – благоустройство и дворы`,
      ],
      [
        'Сообщений по темам: Благоустройство и дворы',
        0,
        1,
        `сообщение от 20.10.2026 10:00 ${where}: тема – благоустройство и дворы`,
      ],
    ];
    await compile('2026-11', '2026-12-01T09:00');
    expect(await correctionsIn('2026-11')).to.have.deep.members(expected);
    await compile('2026-11', '2026-12-01T10:00');
    expect(await correctionsIn('2026-11')).to.have.deep.members(expected);
    await approve('2026-11', '2026-12-01T11:00');
    const [document] = (await filesOf('2026-11')) ?? [];
    const text = wordText(document?.content ?? Buffer.of());
    expect(text).to.contain('Уточнение данных за закрытые месяцы');
    expect(text).to.contain(expected[0]?.[3]);
  });

  it('is not corrected twice by the same fact, but by the next one', async () => {
    await compile('2026-12', '2027-01-11T09:00');
    expect(await correctionsIn('2026-12')).to.be.empty;
    await stage.db
      .getRepository(DraftEntity)
      .update({ assignmentId }, { submittedAt: msk('2026-10-20T19:30') });
    await compile('2026-12', '2027-01-11T10:00');
    const found = await correctionsIn('2026-12');
    expect(found.map(([name, before, after]) => [name, before, after])).to.deep.equal([
      ['Минтранс: подготовлено в срок', 1, 0],
      ['Минтранс: опоздание всех ответов', 0, 5_400_000],
      ['Минтранс: наибольшее опоздание', 0, 5_400_000],
    ]);
    expect(found[1]?.[3]).to.match(
      /^проект ответа от 20.10.2026 19:30 .*: опоздание – 1 ч 30 мин$/,
    );
  });

  it('is held against by the next month as it is known then', async () => {
    const { snapshot } = await stage.db
      .getRepository(MonthlyReportEntity)
      .findOneByOrFail({ month: '2026-11' });
    expect(snapshot.previous).to.deep.include({ month: '2026-10', messages: 1 });
    expect(snapshot.previous?.structure.topic).to.deep.equal({ improvement: 1 });
    expect(snapshot.yearBefore).to.be.null;
  });
});
