import { expect } from 'chai';
import { UrgentReportEntity } from '../../src/db/entities/urgent-report.ts';
import { act } from '../system/act.ts';
import { inWork } from '../system/stages.ts';
import type { OpenTask } from '../system/tasks.ts';

/** What no form sends: nothing, wrong types, unknown choices. Fields that a task has not are ignored. */
const SHAPES: Record<string, unknown>[] = [
  {},
  {
    decision: { a: [1] },
    outcome: 7,
    text: ['x'],
    link: { href: 1 },
    agencies: 'minzhkh',
    reworkAssignments: { a: 1 },
    remarks: 5,
    note: [],
    agencyCode: 12,
    remedyDueAt: 3,
  },
  {
    decision: 'нечто',
    outcome: 'draft',
    text: '   ',
    link: 'javascript:alert(1)',
    agencies: [null, 'нет такого'],
    remarks: '\u0000',
  },
];

describe('Wrong shapes sent through the API', () => {
  const given = act();

  /** Sends each shape; the task opens again each time, with the reason in Russian. */
  async function refuses(
    open: Promise<OpenTask>,
    shapes: Record<string, unknown>[] = SHAPES,
  ): Promise<void> {
    let task = await open;
    for (const shape of shapes) {
      await given.complete(Promise.resolve(task), shape);
      task = await given.otklik.refused(task);
      const what = `${task.elementId}: ${JSON.stringify(shape)}`;
      expect(task.see('inputError'), what)
        .to.be.a('string')
        .and.match(/^[А-Я].*[а-я]/);
    }
    expect(given.system.view.incidents).to.deep.equal([]);
  }

  it('come back from triage, draft, return and its review (clauses 2, 5, 7)', async () => {
    const { city, otklik, curator, executor } = given;
    const message = await otklik.detected(city.writes('Нет отопления.'));
    await refuses(curator.sees(message, 'triage'), [
      ...SHAPES,
      { decision: 'take', agencies: [], topic: 'heating', kind: 'complaint' },
      { decision: 'take', agencies: ['minzhkh'], topic: 'нет', kind: 'complaint' },
      { decision: 'duplicate', duplicateOf: message.url },
    ]);
    await curator.triages(message);
    await refuses(executor('minzhkh').sees(message), [
      ...SHAPES,
      { outcome: 'return', grounds: 'мало' },
    ]);
    await executor('minzhkh').returns(message, 'Дом в управлении частной компании.');
    await refuses(curator.sees(message, 'review-return'), [
      ...SHAPES,
      { decision: 'redirect', agencyCode: 'нет' },
      { decision: 'refuse' },
    ]);
    await curator.decidesOnReturn(message, { decision: 'refuse', note: 'Котельная ваша.' });
    expect((await executor('minzhkh').sees(message)).see('inputError')).to.be.null;
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.publishes(message);
    await otklik.ended(message);
  });

  it('come back from the common answer, review, rework and publication by hand (clauses 8, 9, 10)', async () => {
    const { otklik, curator, executor, system } = given;
    const { message, post } = await inWork(given, ['minzhkh', 'gzhi']);
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await executor('gzhi').drafts(message, 'Проверка проведена.');
    await refuses(curator.sees(message, 'compose-answer'));
    await curator.composes(message, 'Отопление включено, проверка проведена.');
    await refuses(curator.sees(message, 'review-answer'), [
      ...SHAPES,
      { decision: 'rework', remarks: 'Да', reworkAssignments: ['нет такого'] },
      { decision: 'close' },
    ]);
    await curator.sendsBack(message, ['gzhi'], 'Когда?');
    // The form begins with the former draft: sending nothing sends that.
    await refuses(executor('gzhi').sees(message, 'rework-draft'), SHAPES.slice(1));
    await executor('gzhi').reworks(message, 'Проверка проведена вчера.');
    await curator.composes(message, 'Отопление включено, проверка проведена вчера.');
    system.sandbox.vk.behaviour({ kind: 'captcha', method: 'wall.createComment', times: 1 });
    await curator.publishes(message);
    await refuses(curator.sees(message, 'publish-manually'));
    await curator.publishesByHand(message, system.sandbox.vk.permalink(post.post, 5));
    await otklik.ended(message);
  });

  it('come back from appointment and from a deleted original (clauses 3, 8)', async () => {
    const { city, otklik, curator, executor, system } = given;
    const post = city.writes('Закрыли каток.');
    const message = await otklik.detected(post);
    await system.db.query(`update agency set executor = null where code = 'minsport'`);
    try {
      await curator.triages(message, { agencies: ['minsport'] });
      await refuses(curator.sees(message, 'appoint-agency'), [
        ...SHAPES,
        { decision: 'assign', agencyCode: 'нет' },
      ]);
    } finally {
      await system.db.query(`update agency set executor = 'minsport' where code = 'minsport'`);
    }
    await curator.appoints(message, { decision: 'assign', agencyCode: 'minkult' });
    await executor('minkult').drafts(message, 'Каток откроется.');
    await curator.sees(message, 'review-answer');
    post.delete();
    await curator.publishes(message);
    await refuses(curator.sees(message, 'decide-gone'));
    await curator.decidesOnGone(message, { decision: 'close' });
    await otklik.ended(message);
  });

  it('come back from the department head and the deputy governor (clauses 13, 15)', async () => {
    const { city, otklik, curator, executor, departmentHead, deputyGovernor, remedy } = given;
    const { clock, system } = given;
    const message = await otklik.detected(city.writes('Взрыв газа!'));
    await curator.triages(message, { urgent: true });
    await executor('minzhkh').sees(message);
    const { id: urgentId } = await system.db
      .getRepository(UrgentReportEntity)
      .findOneByOrFail({ messageId: message.id });
    await refuses(departmentHead.sees(urgentId), [...SHAPES, { decision: 'reject' }]);
    await departmentHead.decides(urgentId, { decision: 'reject', note: 'Учебная тревога.' });

    await clock.advanceTo(clock.today('18:00'));
    const { id } = await otklik.firstShortcoming(message);
    await refuses(deputyGovernor.sees(id), [
      ...SHAPES,
      { decision: 'instruction', text: 'Устранить.', remedyDueAt: '2020-01-01' },
    ]);
    await deputyGovernor.decides(id, {
      decision: 'instruction',
      text: 'Устранить.',
      remedyDueAt: clock.now().plus({ days: 3 }).toISODate(),
    });
    await refuses(remedy.isSeen(id));
    await remedy.isReported(id, 'Устранено.');
    await executor('minzhkh').drafts(message, 'Тревога была учебной.');
    await curator.publishes(message);
    await otklik.ended(message);
  });
});
