import { expect } from 'chai';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { InputError } from '../errors.ts';
import { networksOf } from '../networks/registry.ts';
import { anAttachment } from '../../test/attachments.ts';
import {
  answer,
  clock,
  draft,
  drafted,
  engineTime,
  msk,
  openStage,
  type Stage,
} from '../../test/stage.ts';
import { vkAt } from '../../test/vk.ts';
import { checkFormat } from './check-format.ts';
import { recordAnswer } from './record-answer.ts';
import { recordClosing } from './record-closing.ts';
import { recordGone } from './record-gone.ts';
import { recordReview } from './record-review.ts';
import { startReviewClock } from './start-review-clock.ts';
import { takeDraft } from './take-draft.ts';
import { warnCurator } from './warn-curator.ts';

interface Started {
  review: Record<'deadlineId' | 'warnAt' | 'dueAt' | 'dueText' | 'receivedAt', string>;
  partsText: string;
  partsCount: number;
  partOptions: { value: string; label: string }[];
  answerText: string | null;
}

describe('The curator’s review', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const message = (id: string) => stage.db.getRepository(MessageEntity).findOneByOrFail({ id });
  const reviewClock = (messageId: string) =>
    stage.db.getRepository(DeadlineEntity).findOneByOrFail({ messageId, kind: 'review' });

  describe('start-review-clock', () => {
    it('gives the curator one working hour from the last part (clause 8)', async () => {
      const { messageId, assignments } = await drafted(stage.db, { mintrans: 'Яма *заделана*.' });
      const started = (await stage.twice(startReviewClock(stage), {
        messageId,
        at: engineTime('2026-11-24T12:30'),
      })) as Started;
      expect(started.review).to.include({
        dueAt: msk('2026-11-24T14:30').toISOString(),
        warnAt: msk('2026-11-24T14:10').toISOString(),
        dueText: '24.11.2026 14:30',
        receivedAt: msk('2026-11-24T12:30').toISOString(),
      });
      expect(started).to.include({ partsCount: 1, answerText: 'Яма *заделана*.' });
      expect(started.partOptions).to.deep.equal([{ value: assignments[0], label: 'Минтранс' }]);
      expect(started.partsText).to.contain('Минтранс').and.contain('Яма &#42;заделана&#42;');
      expect((await message(messageId)).status).to.equal('review');
      expect(await reviewClock(messageId)).to.include({
        id: started.review.deadlineId,
        agencyCode: 'vnutrpolitika',
      });
    });

    it('shows every part’s latest version and its remarks, within what a form shows (clause 10)', async () => {
      const { messageId, assignments } = await drafted(stage.db, {
        mintrans: 'Первая версия.',
        minzdrav: '*'.repeat(8_000),
      });
      const [first = ''] = assignments;
      await draft(stage.db, first, 2, 'Вторая версия.');
      const answerId = await answer(stage.db, messageId);
      await stage.db.getRepository(ReviewDecisionEntity).insert({
        id: answerId,
        sourceKey: answerId,
        messageId,
        answerId,
        decision: 'rework',
        remarks: 'Нет срока работ',
        reworkAssignments: [first],
        decidedAt: msk('2026-11-24T12:00'),
      });
      const started = (await stage.twice(startReviewClock(stage), {
        messageId,
        at: engineTime('2026-11-24T15:00'),
      })) as Started;
      // The common answer of the round before, to go on from.
      expect(started).to.include({ partsCount: 2, answerText: 'Яма заделана.' });
      expect(started.partOptions.map(({ value }) => value)).to.deep.equal(assignments);
      expect(started.partsText).to.contain('Вторая версия').and.contain('Версия 2');
      expect(started.partsText).to.contain('Нет срока работ').and.contain('Доработок: 1');
      expect(started.partsText).not.to.contain('Первая версия');
      expect(started.partsText).to.contain('полный текст — на странице сообщения');
      expect(started.partsText.length).to.be.lessThan(7_001);
    });
  });

  describe('answer versions', () => {
    it('are numbered; a draft or a composed text makes one (clauses 8, 10)', async () => {
      const { messageId } = await drafted(stage.db, { mintrans: 'Проект.' });
      const at = engineTime('2026-11-24T12:30');
      const taken = await stage.twice(takeDraft(stage), { messageId, answerText: 'Проект.', at });
      expect(taken).to.include({ answerText: 'Проект.' });
      const edited = await stage.twice(recordAnswer(stage), {
        messageId,
        composition: { text: '  Ответ жителю.\n' },
        at,
      });
      expect(edited).to.include({ answerText: 'Ответ жителю.', inputError: null });
      const versions = await stage.db
        .getRepository(AnswerEntity)
        .find({ where: { messageId }, order: { version: 'asc' } });
      expect(versions.map(({ version, text }) => [version, text])).to.deep.equal([
        [1, 'Проект.'],
        [2, 'Ответ жителю.'],
      ]);
    });

    for (const composition of [
      null,
      undefined,
      'текст',
      {},
      { text: 5 },
      { text: ' ' },
      { text: 'я'.repeat(8_001) },
    ]) {
      it(`are not made of ${JSON.stringify(composition)?.slice(0, 20) ?? 'nothing'}`, async () => {
        const { messageId } = await drafted(stage.db, { mintrans: 'Проект.' });
        const at = engineTime('2026-11-24T12:30');
        const error = await stage.failure(recordAnswer(stage), { messageId, composition, at });
        expect(error).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(/[а-я]/);
      });
    }
  });

  describe('check-format', () => {
    const vk = vkAt('http://127.0.0.1:1', { user: null, group: null }, { textLimit: 40 });

    it('shows the answer as the network will, when nothing is wrong (clause 11)', async () => {
      const { messageId } = await drafted(stage.db, {});
      const answerId = await answer(stage.db, messageId, 'Яма <заделана>.');
      const output = await stage.twice(checkFormat({ db: stage.db, networks: networksOf(vk) }), {
        messageId,
        answerId,
      });
      expect(output).to.have.property('formatOk', true);
      expect(output).to.have.property('formatText').that.contains('Формат сети соблюдён');
      expect(output).to.have.property('formatText').that.contains('15 из 40');
      expect(output).to.have.property('formatText').that.contains('&#60;заделана&#62;');
    });

    it('names what keeps the answer from being published', async () => {
      const { messageId } = await drafted(stage.db, {});
      const answerId = await answer(stage.db, messageId, 'Уважаемый [ФИО]! '.repeat(500));
      const output = (await stage.twice(checkFormat({ db: stage.db, networks: networksOf(vk) }), {
        messageId,
        answerId,
      })) as { formatOk: boolean; formatText: string };
      expect(output.formatOk).to.equal(false);
      expect(output.formatText)
        .to.match(/длиннее/)
        .and.match(/незаполненное место/);
      expect(output.formatText.length).to.be.lessThan(7_001);
    });

    it('counts the files, names those that stay away, and takes in what was changed (clause 11)', async () => {
      const { messageId } = await drafted(stage.db, {}, { status: 'review' });
      const answerId = await answer(stage.db, messageId, 'Яма заделана.');
      const check = () =>
        stage.twice(checkFormat({ db: stage.db, networks: networksOf(vk) }), {
          messageId,
          answerId,
        }) as Promise<{ answerId: string; formatOk: boolean; formatText: string }>;
      expect((await check()).formatText).to.contain('Без фото и видео');
      expect((await check()).answerId).to.equal(answerId);

      const photo = await anAttachment(stage.db, messageId);
      const video = { name: 'проезд.mp4', mediaType: 'video/mp4' };
      const clip = await anAttachment(stage.db, messageId, video);
      const both = await check();
      expect(both.formatOk).to.be.false;
      expect(both.formatText).to.contain('Под текстом: 1 («двор&#46;jpg»)');
      expect(both.formatText).to.contain('**Сеть не покажет:** «проезд&#46;mp4»');
      const version = await stage.db
        .getRepository(AnswerEntity)
        .findOneByOrFail({ id: both.answerId });
      expect(version).to.deep.include({
        version: 2,
        text: 'Яма заделана.',
        attachments: [photo, clip],
      });
      await stage.db
        .getRepository(AttachmentEntity)
        .update({ id: clip }, { removedAt: new Date() });
      expect(await check()).to.include({ formatOk: true });
    });

    it('leaves the format to the curator where the network is switched off', async () => {
      const { messageId } = await drafted(stage.db, {});
      const answerId = await answer(stage.db, messageId);
      const output = await stage.twice(checkFormat({ db: stage.db, networks: networksOf() }), {
        messageId,
        answerId,
      });
      expect(output).to.have.property('formatOk', true);
      expect(output).to.have.property('formatText').that.contains('Сеть отключена');
    });
  });

  describe('record-review', () => {
    async function reviewed(drafts: Record<string, string> = { mintrans: 'Проект.' }) {
      const given = await drafted(stage.db, drafts, { status: 'review' });
      const { messageId } = given;
      const answerId = await answer(stage.db, messageId);
      await clock(stage.db, messageId, {
        kind: 'review',
        agencyCode: 'vnutrpolitika',
        startedAt: msk('2026-11-24T12:30'),
        dueAt: msk('2026-11-24T14:30'),
      });
      const variables = (reviewDecision: unknown, formatOk = true) => ({
        messageId,
        answerId,
        formatOk,
        reviewDecision,
        at: engineTime('2026-11-24T12:50'),
      });
      return { ...given, answerId, variables };
    }

    it('lets a fitting answer be published while the clock runs on (clause 8)', async () => {
      const { messageId, variables } = await reviewed();
      const output = await stage.twice(
        recordReview(stage),
        variables({ decision: 'publish', reworkAssignments: null, remarks: '', fault: null }),
      );
      expect(output).to.deep.equal({
        reviewOutcome: 'publish',
        reworkAssignments: [],
        inputError: null,
      });
      expect((await reviewClock(messageId)).stoppedAt).to.equal(null);
    });

    it('publishes only what the curator saw: files changed since are shown first (clause 11)', async () => {
      const { messageId, variables } = await reviewed();
      const file = await anAttachment(stage.db, messageId);
      const publishing = variables({ decision: 'publish' });
      const error = await stage.failure(recordReview(stage), publishing);
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.contain('Фото и видео изменились');
      await stage.db
        .getRepository(AttachmentEntity)
        .update({ id: file }, { removedAt: new Date() });
      const decided = await stage.twice(recordReview(stage), publishing, 'the decision');
      await anAttachment(stage.db, messageId);
      expect(await stage.twice(recordReview(stage), publishing, 'the decision')).to.deep.equal(
        decided,
      );
    });

    it('sends the chosen parts to rework with remarks and stops the clock', async () => {
      const given = await reviewed({ mintrans: 'Проект.', minzdrav: 'Проект.' });
      const [first = ''] = given.assignments;
      const output = await stage.twice(
        recordReview(stage),
        given.variables({
          decision: 'rework',
          reworkAssignments: [first, first],
          remarks: 'Нет срока',
        }),
      );
      expect(output).to.deep.include({ reviewOutcome: 'rework', reworkAssignments: [first] });
      expect((await reviewClock(given.messageId)).stoppedAt).to.deep.equal(msk('2026-11-24T12:50'));
      const decision = await stage.db
        .getRepository(ReviewDecisionEntity)
        .findOneByOrFail({ messageId: given.messageId });
      expect(decision).to.deep.include({
        decision: 'rework',
        remarks: 'Нет срока',
        reworkAssignments: [first],
        fault: null,
      });
    });

    it('closes without an answer for a reason, which the message keeps', async () => {
      const { messageId, variables } = await reviewed();
      await stage.twice(
        recordReview(stage),
        variables({ decision: 'close', remarks: 'Вопрос решён автором' }),
      );
      await stage.twice(recordClosing(stage), { messageId, at: engineTime('2026-11-24T12:50') });
      expect(await message(messageId)).to.deep.include({
        status: 'closed',
        reason: 'Вопрос решён автором',
        finishedAt: msk('2026-11-24T12:50'),
      });
      expect((await reviewClock(messageId)).stoppedAt).to.deep.equal(msk('2026-11-24T12:50'));
    });

    it('opens a shortcoming for a fault of substance, once a round (clause 12)', async () => {
      const given = await reviewed();
      const fault = 'Ответ не по существу';
      await stage.twice(recordReview(stage), given.variables({ decision: 'edit', fault }));
      await stage.twice(recordReview(stage), given.variables({ decision: 'publish', fault }));
      const [opened, ...more] = await stage.db
        .getRepository(ShortcomingEntity)
        .findBy({ messageId: given.messageId });
      expect(more).to.have.length(0);
      expect(opened).to.include({
        kind: 'substance',
        assignmentId: given.assignments[0],
        agencyCode: 'mintrans',
        executor: 'mintrans',
        supervisor: 'vice-infrastructure',
        description: fault,
        status: 'open',
      });
      const starts = await stage.db
        .getRepository(ProcessStartEntity)
        .findBy({ correlationKey: opened?.id ?? '' });
      expect(starts).to.have.length(1);
      expect(starts[0]).to.deep.include({
        messageName: 'shortcoming-found',
        variables: { shortcomingId: opened?.id },
      });
    });

    const wrong: [string, unknown, RegExp, boolean?][] = [
      ['nothing', null, /[Рр]ешение/],
      ['a text', 'publish', /[а-я]/],
      ['another decision', { decision: 'burn' }, /решение/],
      ['publishing what does not fit', { decision: 'publish' }, /формат/, false],
      ['rework without remarks', { decision: 'rework', reworkAssignments: ['x'] }, /замечания/],
      ['rework of nothing', { decision: 'rework', remarks: 'Да' }, /Выберите, какие органы/],
      [
        'rework of another message’s part',
        { decision: 'rework', remarks: 'Да', reworkAssignments: ['x'] },
        /выберите из списка/,
      ],
      [
        'rework of something odd',
        { decision: 'rework', remarks: 'Да', reworkAssignments: 'x' },
        /[Оо]рган/,
      ],
      ['closing without a reason', { decision: 'close', remarks: '  ' }, /почему/],
      ['endless remarks', { decision: 'edit', remarks: 'я'.repeat(5_000) }, /4000/],
    ];
    for (const [what, decision, why, formatOk = true] of wrong) {
      it(`refuses ${what}`, async () => {
        const { variables } = await reviewed();
        const error = await stage.failure(recordReview(stage), variables(decision, formatOk));
        expect(error).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(why);
      });
    }

    it('wants to know whose fault it is when there are several parts', async () => {
      const { variables } = await reviewed({ mintrans: 'Проект.', minzdrav: 'Проект.' });
      const error = await stage.failure(
        recordReview(stage),
        variables({ decision: 'publish', fault: 'Не по существу' }),
      );
      expect((error as Error).message).to.match(/к чьим проектам/);
    });
  });

  describe('record-gone', () => {
    it('closes the message whose original is gone', async () => {
      const { messageId } = await drafted(stage.db, {}, { status: 'review' });
      const answerId = await answer(stage.db, messageId);
      await clock(stage.db, messageId, {
        kind: 'review',
        agencyCode: 'vnutrpolitika',
        dueAt: msk('2026-11-24T14:30'),
      });
      const at = engineTime('2026-11-24T13:00');
      const output = await stage.twice(recordGone(stage), {
        messageId,
        answerId,
        goneDecision: { decision: 'close', note: 'Автор удалил запись' },
        at,
      });
      expect(output).to.deep.equal({
        goneDecision: 'close',
        inputError: null,
        reviewOutcome: 'close',
      });
      expect(await message(messageId)).to.include({
        status: 'closed',
        reason: 'Автор удалил запись',
      });
      expect((await reviewClock(messageId)).stoppedAt).to.deep.equal(msk('2026-11-24T13:00'));
    });

    it('leaves the message open for an answer by hand', async () => {
      const { messageId } = await drafted(stage.db, {}, { status: 'review' });
      const answerId = await answer(stage.db, messageId);
      const at = engineTime('2026-11-24T13:00');
      const variables = { messageId, answerId, at };
      const output = await stage.twice(recordGone(stage), {
        ...variables,
        goneDecision: { decision: 'manual', note: null },
      });
      expect(output).to.deep.equal({ goneDecision: 'manual', inputError: null });
      expect((await message(messageId)).status).to.equal('review');
      const error = await stage.failure(recordGone(stage), { ...variables, goneDecision: null });
      expect(error).to.be.instanceOf(InputError);
    });
  });

  it('warns each curator once, with the working time that is left', async () => {
    const { messageId } = await drafted(stage.db, {}, { status: 'review' });
    const deadlineId = await clock(stage.db, messageId, {
      kind: 'review',
      agencyCode: 'vnutrpolitika',
      warnAt: msk('2026-11-24T17:50'),
      dueAt: msk('2026-11-25T09:10'),
    });
    const before = (await stage.mail()).length;
    await stage.twice(warnCurator(stage), { messageId, deadlineId });
    const sent = (await stage.mail()).slice(before);
    expect(sent.map(({ address }) => address).sort()).to.include('curator@smolensk.example');
    expect(new Set(sent.map(({ address }) => address)).size).to.equal(sent.length);
    expect(sent[0]?.body).to.contain('осталось 20 мин рабочего времени');
    expect(sent[0]?.body).to.contain(stage.pageLink(messageId));
  });
});
