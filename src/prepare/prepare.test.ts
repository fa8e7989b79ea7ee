import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AgencyEntity } from '../db/entities/agency.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { RegionEntity } from '../db/entities/region.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { ReturnRequestEntity } from '../db/entities/return-request.ts';
import { InputError, ProcessError } from '../errors.ts';
import { aMessage, anAssignment, sentBack, type GivenAssignment } from '../../test/builders.ts';
import { aJob } from '../../test/job.ts';
import { engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { assignExecutor } from './assign-executor.ts';
import { closeReturnWindow } from './close-return-window.ts';
import { notifyExecutor } from './notify-executor.ts';
import { recordAppointment } from './record-appointment.ts';
import { recordDraft } from './record-draft.ts';
import { recordMissedDeadline } from './record-missed-deadline.ts';
import { recordReturnReview } from './record-return-review.ts';
import { recordReturn } from './record-return.ts';
import { recordRework } from './record-rework.ts';
import { startRework } from './start-rework.ts';
import { warnExecutor } from './warn-executor.ts';

const GROUNDS = 'Дорога региональная, её содержит другое ведомство.';

describe('An assignment (clauses 3, 4, 5, 6, 7, 9)', () => {
  let stage: Stage;
  let messageId: string;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    messageId = await aMessage(stage);
  });

  const assignment = (id: string) =>
    stage.db.getRepository(AssignmentEntity).findOneByOrFail({ id });
  const clock = (id: string) => stage.db.getRepository(DeadlineEntity).findOneByOrFail({ id });
  const message = () => stage.db.getRepository(MessageEntity).findOneByOrFail({ id: messageId });
  const notices = async (key: string) => (await stage.mail()).filter((it) => it.key === key);
  const actions = async () =>
    (await stage.db.getRepository(AuditEntryEntity).findBy({ messageId })).map((it) => it.action);
  const withLink = () => ({ ...stage, tasklistUrl: 'http://tasklist.example' });

  const draft = (given: GivenAssignment, at: string, submission: unknown = undefined) =>
    stage.twice(recordDraft(stage), {
      messageId,
      assignmentId: given.id,
      submission: submission ?? { outcome: 'draft', text: ' Яма заделана. ' },
      at: engineTime(at),
    });
  const giveBack = (given: GivenAssignment, at: string, competentAgency: string | null = null) =>
    stage.twice(recordReturn(stage), {
      messageId,
      assignmentId: given.id,
      submission: { outcome: 'return', grounds: GROUNDS, competentAgency },
      at: engineTime(at),
    }) as Promise<{ returnNote: string; suggestedAgency: string | null }>;
  const reviewOf = (given: GivenAssignment, returnReview: unknown, at: string) => ({
    messageId,
    assignmentId: given.id,
    agencyCode: given.agency,
    returnReview,
    at: engineTime(at),
  });

  describe('assign-executor', () => {
    it('names the executor and starts both clocks at receipt', async () => {
      const output = await stage.twice(assignExecutor(stage), {
        messageId,
        agencyCode: 'minzdrav',
        at: engineTime('2026-11-24T09:00'),
      });
      const given = (output as { assignment: GivenAssignment }).assignment;
      expect(given).to.include({
        agency: 'minzdrav',
        agencyName: 'Министерство здравоохранения Смоленской области',
        executor: 'minzdrav',
        receivedAt: msk('2026-11-24T09:00').toISOString(),
        returnDueAt: msk('2026-11-24T09:30').toISOString(),
        returnDueText: '24.11.2026 09:30',
        warnAt: msk('2026-11-24T16:00').toISOString(),
        dueAt: msk('2026-11-24T18:00').toISOString(),
        dueText: '24.11.2026 18:00',
      });
      expect(await assignment(given.id)).to.include({ status: 'open', reworkRounds: 0 });
      expect(await clock(given.draftDeadlineId)).to.include({
        kind: 'draft',
        executor: 'minzdrav',
        assignmentId: given.id,
      });
      expect((await message()).status).to.equal('assigned');
    });

    it('counts the time of each agency by its own hours and receipt', async () => {
      const first = await anAssignment(stage, messageId, 'minzdrav', '2026-11-27T10:00');
      const second = await anAssignment(stage, messageId, 'mintrud', '2026-11-27T15:00');
      const third = await anAssignment(stage, messageId, 'bezopasnost', '2026-11-27T20:00');
      expect(first.dueText).to.equal('30.11.2026 10:00');
      expect(second.dueText).to.equal('30.11.2026 16:00');
      expect(third.dueText).to.equal('28.11.2026 04:00');
    });

    it('says that a deadline in a year without official data is provisional', async () => {
      const given = await anAssignment(stage, messageId, 'minzdrav', '2026-12-30T17:00');
      expect(given.dueText).to.match(/^\d\d\.01\.2027 .*предварительно/);
    });

    it('leaves deadlines in hand alone when limits and hours change', async () => {
      const variables = { messageId, agencyCode: 'minles', at: engineTime('2026-11-24T10:00') };
      const sourceKey = randomUUID();
      const handler = assignExecutor(stage);
      const before = await stage.twice(handler, variables, sourceKey);
      const region = await stage.db.getRepository(RegionEntity).findOneByOrFail({ id: true });
      const limits = { ...region.settings.limits, draft: 'PT4H' };
      await stage.db
        .getRepository(RegionEntity)
        .save({ ...region, settings: { ...region.settings, limits } });
      try {
        expect(await stage.twice(handler, variables, sourceKey)).to.deep.equal(before);
        const next = await anAssignment(stage, messageId, 'minprom', '2026-11-24T09:00');
        expect(next.dueText).to.equal('24.11.2026 13:00');
      } finally {
        await stage.db.getRepository(RegionEntity).save(region);
      }
    });

    for (const [what, agencyCode, change] of [
      ['without an executor', 'minkult', { executor: null }],
      ['that is no longer active', 'minsport', { active: false }],
      ['that nobody knows', 'nowhere', null],
    ] as const) {
      it(`leaves an agency ${what} to the curator`, async () => {
        if (change) await stage.db.getRepository(AgencyEntity).update({ code: agencyCode }, change);
        const variables = { messageId, agencyCode, at: engineTime('2026-11-24T10:00') };
        const error = await stage.failure(assignExecutor(stage), variables);
        expect(error).to.be.instanceOf(ProcessError).with.property('code', 'no-executor');
        expect((error as ProcessError).variables['inputError']).to.match(/^Поручить нельзя: /);
        expect((await message()).status).to.equal('detected');
      });
    }

    it('leaves nothing behind when it is killed in the middle', async () => {
      const given = randomUUID();
      const dying = { ...stage, calendars: { of: () => expect.fail('killed') } };
      const variables = { messageId, agencyCode: 'minzdrav', at: engineTime('2026-11-24T10:00') };
      const job = aJob({ sourceKey: given });
      await assignExecutor(dying)
        .run(variables, job)
        .catch(() => undefined);
      expect(await stage.db.getRepository(AssignmentEntity).countBy({ messageId })).to.equal(0);
      expect((await message()).status).to.equal('detected');
    });

    it('does not take up a message again that was withdrawn meanwhile', async () => {
      await stage.db
        .getRepository(MessageEntity)
        .update({ id: messageId }, { status: 'withdrawn', finishedAt: msk('2026-11-24T09:59') });
      await anAssignment(stage, messageId);
      expect((await message()).status).to.equal('withdrawn');
    });
  });

  describe('record-appointment', () => {
    const appoint = (appointment: unknown) => ({
      messageId,
      agencyCode: 'minkult',
      appointment,
      at: engineTime('2026-11-24T11:00'),
    });

    it('gives the message to another agency or to none', async () => {
      const handler = recordAppointment(stage);
      expect(
        await stage.twice(handler, appoint({ decision: 'assign', agencyCode: 'minobr' })),
      ).to.deep.equal({ appointmentDecision: 'assign', agencyCode: 'minobr', inputError: null });
      expect(await stage.twice(handler, appoint({ decision: 'drop' }))).to.include({
        appointmentDecision: 'drop',
      });
    });

    it('refuses an agency that is at work on it, and whatever is no decision', async () => {
      await anAssignment(stage, messageId, 'minzdrav');
      for (const odd of [
        { decision: 'assign', agencyCode: 'minzdrav' },
        { decision: 'assign', agencyCode: 'nowhere\0' },
        { decision: 'assign' },
        {},
        null,
        'minobr',
      ]) {
        const error = await stage.failure(recordAppointment(stage), appoint(odd));
        expect(error, JSON.stringify(odd)).to.be.instanceOf(InputError);
      }
    });
  });

  describe('notices', () => {
    it('hand the assignment over through the channel of the agency (clause 4)', async () => {
      const note = 'Осмотрите и ответьте';
      messageId = await aMessage(stage, { note });
      for (const [code, channel] of [
        ['minzdrav', 'email'],
        ['mintrans', 'webhook'],
      ] as const) {
        const given = await anAssignment(stage, messageId, code, '2026-11-24T09:00');
        await stage.twice(notifyExecutor(withLink()), { messageId, assignmentId: given.id });
        const [notice] = await notices(`assigned:${given.id}`);
        const agency = await stage.db.getRepository(AgencyEntity).findOneByOrFail({ code });
        expect(notice).to.include({ channel, address: agency.channelAddress });
        expect(notice?.subject).to.contain('24.11.2026 18:00');
        for (const part of [
          agency.name,
          'https://vk.com/wall-1_',
          'Ответить до: 24.11.2026 18:00',
          '24.11.2026 09:30',
          note,
          'http://tasklist.example',
          stage.pageLink(messageId),
        ]) {
          expect(notice?.body).to.contain(part);
        }
      }
    });

    it('warn once for each clock of the working time that is left', async () => {
      const given = await anAssignment(stage, messageId);
      const variables = { assignmentId: given.id, deadlineId: given.draftDeadlineId };
      await stage.twice(warnExecutor(stage), variables, '1');
      await stage.twice(warnExecutor(stage), variables, '2');
      const [notice, ...more] = await notices(`warning:${given.draftDeadlineId}`);
      expect(more).to.be.empty;
      expect(notice?.body).to.contain('2 ч').and.to.contain('25.11.2026 10:00');
    });

    it('warn after a refused return of what is left then, and not after the deadline', async () => {
      for (const [refusedAt, left] of [
        ['2026-11-25T09:20', '40 мин'],
        ['2026-11-25T11:00', null],
      ] as const) {
        const given = await anAssignment(stage, await aMessage(stage));
        await giveBack(given, '2026-11-24T10:20');
        const refusal = { decision: 'refuse', note: 'Это ваша компетенция.' };
        await stage.twice(recordReturnReview(stage), reviewOf(given, refusal, refusedAt));
        await stage.twice(warnExecutor(stage), { deadlineId: given.draftDeadlineId });
        const [notice] = await notices(`warning:${given.draftDeadlineId}`);
        if (left === null) expect(notice).to.equal(undefined);
        else expect(notice?.body).to.contain(`осталось ${left}`);
      }
    });

    it('do not warn of work that is done', async () => {
      const given = await anAssignment(stage, messageId);
      await draft(given, '2026-11-24T12:00');
      await stage.twice(warnExecutor(stage), { deadlineId: given.draftDeadlineId });
      expect(await notices(`warning:${given.draftDeadlineId}`)).to.be.empty;
    });
  });

  describe('record-draft', () => {
    it('keeps the draft and stops both clocks when it was sent', async () => {
      const given = await anAssignment(stage, messageId);
      const output = await draft(given, '2026-11-24T17:30');
      const { id, text, version } = await stage.db
        .getRepository(DraftEntity)
        .findOneByOrFail({ assignmentId: given.id });
      expect({ text, version }).to.deep.equal({ text: 'Яма заделана.', version: 1 });
      expect(output).to.deep.include({
        part: { assignmentId: given.id, agency: 'minzdrav', draftId: id },
        inputError: null,
      });
      expect(await assignment(given.id)).to.deep.include({
        status: 'drafted',
        finishedAt: msk('2026-11-24T17:30'),
      });
      for (const deadline of [given.returnDeadlineId, given.draftDeadlineId]) {
        expect((await clock(deadline)).stoppedAt).to.deep.equal(msk('2026-11-24T17:30'));
      }
    });

    it('keeps one draft when two workers run the same job at once', async () => {
      const given = await anAssignment(stage, messageId);
      const job = aJob();
      const variables = {
        messageId,
        assignmentId: given.id,
        submission: { outcome: 'draft', text: 'Яма заделана.' },
        at: engineTime('2026-11-24T12:00'),
      };
      const outputs = await Promise.all(
        Array.from({ length: 5 }, () => recordDraft(stage).run(variables, job)),
      );
      for (const output of outputs) expect(output).to.deep.equal(outputs[0]);
      const drafts = stage.db.getRepository(DraftEntity);
      expect(await drafts.countBy({ assignmentId: given.id })).to.equal(1);
    });

    it('of several messages at once shares one transaction', async () => {
      const handler = recordDraft(stage);
      const run = async () => {
        const ofIt = await aMessage(stage);
        const { id: assignmentId } = await anAssignment(stage, ofIt);
        const submission = { outcome: 'draft', text: 'Яма заделана.' };
        const at = engineTime('2026-11-24T12:00');
        return () => handler.run({ messageId: ofIt, assignmentId, submission, at }, aJob());
      };
      const runs = await Promise.all(Array.from({ length: 4 }, run));
      const outputs = await Promise.all(runs.map((it) => it()));
      const ids = (outputs as { part: { draftId: string } }[]).map(({ part }) => part.draftId);
      const [row] = await stage.db.query<{ count: number }[]>(
        'select count(distinct xmin::text)::int from draft where id = any($1)',
        [ids],
      );
      expect(row?.count).to.equal(1);
    });

    it('refuses what is no draft in Russian and keeps nothing', async () => {
      const given = await anAssignment(stage, messageId);
      for (const submission of [
        { outcome: 'draft', text: ' \n ' },
        { outcome: 'draft', text: 'я'.repeat(8_001) },
        { outcome: 'draft' },
        { outcome: 'draft', text: 7 },
        { text: 'Яма заделана.' },
        null,
        [],
        'draft',
      ]) {
        const error = await stage.failure(recordDraft(stage), {
          messageId,
          assignmentId: given.id,
          submission,
          at: engineTime('2026-11-24T12:00'),
        });
        expect(error, JSON.stringify(submission)).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(/^[А-Я]/);
      }
      expect((await assignment(given.id)).status).to.equal('open');
      expect((await clock(given.draftDeadlineId)).stoppedAt).to.equal(null);
    });
  });

  describe('record-missed-deadline', () => {
    const miss = (deadlineId: string, at: string) =>
      stage.twice(recordMissedDeadline(stage), { deadlineId, at: engineTime(at) });

    it('records a miss at the deadline, however late the job runs', async () => {
      const given = await anAssignment(stage, messageId);
      expect(await miss(given.draftDeadlineId, '2026-11-25T15:00')).to.deep.equal({ missed: true });
      expect((await clock(given.draftDeadlineId)).missedAt).to.deep.equal(msk('2026-11-25T10:00'));
      expect(await actions()).to.include('срок пропущен (п. 6)');
    });

    it('escapes nobody whose draft came after the deadline and before the timer (clauses 12, 13)', async () => {
      const given = await anAssignment(stage, messageId);
      await draft(given, '2026-11-25T10:01');
      await draft(given, '2026-11-25T10:01');
      expect((await clock(given.draftDeadlineId)).missedAt).to.deep.equal(msk('2026-11-25T10:00'));
      const found = { deadlineId: given.draftDeadlineId };
      expect(await stage.db.getRepository(ShortcomingEntity).countBy(found)).to.equal(1);
    });

    it('records none for work done in time, even when the job runs late', async () => {
      const given = await anAssignment(stage, messageId);
      await draft(given, '2026-11-25T10:00');
      expect(await miss(given.draftDeadlineId, '2026-11-25T15:00')).to.deep.equal({
        missed: false,
      });
      expect(await actions()).not.to.include('срок пропущен (п. 6)');
    });
  });

  describe('a return (clause 5)', () => {
    it('in time stops its clock, while that of the draft runs on', async () => {
      const given = await anAssignment(stage, messageId);
      const output = await giveBack(given, '2026-11-24T10:30', 'mintrans');
      expect(output.suggestedAgency).to.equal('mintrans');
      expect(output.returnNote)
        .to.contain('в срок')
        .and.to.contain('Дорога региональная')
        .and.to.contain('транспорта');
      const [request] = await stage.db
        .getRepository(ReturnRequestEntity)
        .findBy({ assignmentId: given.id });
      expect(request).to.include({ late: false, suggestedAgency: 'mintrans' });
      expect((await clock(given.returnDeadlineId)).stoppedAt).to.deep.equal(
        msk('2026-11-24T10:30'),
      );
      expect((await clock(given.draftDeadlineId)).stoppedAt).to.equal(null);
      expect((await assignment(given.id)).status).to.equal('returned');
    });

    it('after 30 minutes is late, also at night, by how much is told', async () => {
      const given = await anAssignment(stage, messageId, 'minzdrav', '2026-11-24T23:00');
      const closing = { assignmentId: given.id, deadlineId: given.returnDeadlineId };
      await stage.twice(closeReturnWindow(stage), closing);
      expect(await actions()).to.include('срок возврата истёк (п. 5)');
      const { returnNote, suggestedAgency } = await giveBack(given, '2026-11-25T00:55');
      expect(returnNote).to.contain('с опозданием на 1 ч 25 мин');
      expect(suggestedAgency).to.equal(null);
    });

    it('needs grounds, and an agency that exists if one is named', async () => {
      const given = await anAssignment(stage, messageId);
      for (const submission of [
        { outcome: 'return' },
        { outcome: 'return', grounds: ' не наше ' },
        { outcome: 'return', grounds: GROUNDS, competentAgency: 'nowhere' },
        { outcome: 'return', grounds: GROUNDS, competentAgency: '\0' + 'x' },
        { outcome: 'return', grounds: GROUNDS, competentAgency: {} },
      ]) {
        const error = await stage.failure(recordReturn(stage), {
          assignmentId: given.id,
          submission,
          at: engineTime('2026-11-24T10:10'),
        });
        expect(error, JSON.stringify(submission)).to.be.instanceOf(InputError);
      }
      expect((await assignment(given.id)).status).to.equal('open');
    });

    it('agreed to stops the old clock at the return; the new agency has time of its own', async () => {
      const given = await anAssignment(stage, messageId);
      await giveBack(given, '2026-11-24T10:20');
      const decision = { decision: 'redirect', agencyCode: 'mintrans' };
      const variables = reviewOf(given, decision, '2026-11-25T12:00');
      const sourceKey = randomUUID();
      const output = await stage.twice(recordReturnReview(stage), variables, sourceKey);
      expect(output).to.include({
        returnDecision: 'redirect',
        agencyCode: 'mintrans',
        returnRefusal: null,
        inputError: null,
      });
      expect((await clock(given.draftDeadlineId)).stoppedAt).to.deep.equal(msk('2026-11-24T10:20'));
      expect(await assignment(given.id)).to.deep.include({
        status: 'redirected',
        finishedAt: msk('2026-11-24T10:20'),
      });
      const missed = recordMissedDeadline(stage);
      const late = { deadlineId: given.draftDeadlineId, at: engineTime('2026-11-25T12:01') };
      expect(await stage.twice(missed, late)).to.deep.equal({ missed: false });

      const next = await anAssignment(stage, messageId, 'mintrans', '2026-11-25T12:00');
      expect(next.dueText).to.equal('26.11.2026 12:00');
      expect(next.returnDueText).to.equal('25.11.2026 12:30');
      // the job once more, after what it led to
      expect(await stage.twice(recordReturnReview(stage), variables, sourceKey)).to.deep.equal(
        output,
      );
    });

    it('agreed to after the deadline does not hide that it was missed (clause 12)', async () => {
      const given = await anAssignment(stage, messageId);
      // Later than the deadline, earlier than the timer's job.
      await giveBack(given, '2026-11-25T10:30');
      await stage.twice(
        recordReturnReview(stage),
        reviewOf(given, { decision: 'drop' }, '2026-11-25T11:00'),
      );
      expect(await clock(given.draftDeadlineId)).to.deep.include({
        stoppedAt: msk('2026-11-25T10:30'),
        missedAt: msk(given.dueAt),
      });
      const shortcomings = await stage.db.getRepository(ShortcomingEntity).findBy({ messageId });
      expect(shortcomings.map(({ deadlineId }) => deadlineId)).to.deep.equal([
        given.draftDeadlineId,
      ]);
    });

    it('refused leaves the old deadline, and a second return is late', async () => {
      const given = await anAssignment(stage, messageId);
      await giveBack(given, '2026-11-24T10:20');
      const refusal = { decision: 'refuse', note: 'Это ваша [компетенция](x).' };
      const variables = reviewOf(given, refusal, '2026-11-24T11:00');
      const output = await stage.twice(recordReturnReview(stage), variables);
      expect(output).to.include({ returnDecision: 'refuse', agencyCode: 'minzdrav' });
      expect((output as { returnRefusal: string }).returnRefusal)
        .to.contain('Это ваша')
        .and.not.to.contain('](x)');
      expect(await assignment(given.id)).to.include({ status: 'open', finishedAt: null });
      const { stoppedAt, dueAt } = await clock(given.draftDeadlineId);
      expect(stoppedAt).to.equal(null);
      expect(dueAt.toISOString()).to.equal(given.dueAt);
      expect((await giveBack(given, '2026-11-24T12:00')).returnNote).to.contain('с опозданием');
    });

    it('may be dropped; a message on which nobody works is the curator’s again', async () => {
      const given = await anAssignment(stage, messageId);
      const other = await anAssignment(stage, messageId, 'mintrans');
      const status = async () =>
        (await stage.db.getRepository(MessageEntity).findOneByOrFail({ id: messageId })).status;
      await giveBack(given, '2026-11-24T10:20');
      const variables = reviewOf(given, { decision: 'drop' }, '2026-11-24T11:00');
      expect(await stage.twice(recordReturnReview(stage), variables)).to.include({
        returnDecision: 'drop',
      });
      expect((await assignment(given.id)).status).to.equal('dropped');
      expect(await status()).to.equal('assigned');

      await giveBack(other, '2026-11-24T10:25');
      const last = reviewOf(other, { decision: 'drop' }, '2026-11-24T11:05');
      await stage.twice(recordReturnReview(stage), last);
      expect(await status()).to.equal('triage');
    });

    it('agreed to after the deadline passed leaves the miss', async () => {
      const given = await anAssignment(stage, messageId);
      const missing = { deadlineId: given.draftDeadlineId, at: engineTime('2026-11-25T10:00') };
      await stage.twice(recordMissedDeadline(stage), missing);
      await giveBack(given, '2026-11-25T11:00');
      const drop = reviewOf(given, { decision: 'drop' }, '2026-11-25T11:30');
      await stage.twice(recordReturnReview(stage), drop);
      expect((await clock(given.draftDeadlineId)).missedAt).to.deep.equal(msk('2026-11-25T10:00'));
    });

    it('of two agencies may not go to the same third one, even at the same moment', async () => {
      const [one, other] = [
        await anAssignment(stage, messageId, 'minzdrav'),
        await anAssignment(stage, messageId, 'minobr'),
      ];
      await giveBack(one, '2026-11-24T10:20');
      await giveBack(other, '2026-11-24T10:21');
      const decision = { decision: 'redirect', agencyCode: 'mintrans' };
      const outcomes = await Promise.allSettled(
        [one, other].map((given) =>
          recordReturnReview(stage).run(reviewOf(given, decision, '2026-11-24T11:00'), aJob()),
        ),
      );
      expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
    });

    it('is decided on only as the rules allow', async () => {
      const given = await anAssignment(stage, messageId, 'minzdrav');
      await anAssignment(stage, messageId, 'minobr');
      await giveBack(given, '2026-11-24T10:20');
      for (const odd of [
        { decision: 'redirect' },
        { decision: 'redirect', agencyCode: 'nowhere' },
        { decision: 'redirect', agencyCode: 'minobr' },
        { decision: 'redirect', agencyCode: 'minzdrav' },
        { decision: 'refuse', note: '  ' },
        { decision: 'agree' },
        {},
        null,
        [1],
      ]) {
        const variables = reviewOf(given, odd, '2026-11-24T11:00');
        const error = await stage.failure(recordReturnReview(stage), variables);
        expect(error, JSON.stringify(odd)).to.be.instanceOf(InputError);
      }
      expect((await assignment(given.id)).status).to.equal('returned');
    });
  });

  describe('a rework (clause 9)', () => {
    interface Rework {
      deadlineId: string;
      dueText: string;
      remarksText: string;
      previousText: string;
      attachmentsText: string;
      attachmentsLink: string;
    }
    const start = async (given: GivenAssignment, at: string) => {
      const variables = { messageId, assignmentId: given.id, at: engineTime(at) };
      return ((await stage.twice(startRework(stage), variables)) as { rework: Rework }).rework;
    };
    const rework = (given: GivenAssignment, deadlineId: string, text: string, at: string) =>
      stage.twice(recordRework(stage), {
        messageId,
        assignmentId: given.id,
        deadlineId,
        submission: { text },
        at: engineTime(at),
      });

    it('has an hour of working time each round; rounds and versions are counted', async () => {
      const given = await anAssignment(stage, messageId);
      await draft(given, '2026-11-24T12:00');
      await sentBack(stage, messageId, [given.id], 'Назовите *срок*.', '2026-11-24T17:30');
      const first = await start(given, '2026-11-24T17:30');
      expect(first).to.include({ dueText: '25.11.2026 09:30', previousText: 'Яма заделана.' });
      expect(first.remarksText).to.contain('Назовите').and.not.to.contain('*срок*');
      expect(first.attachmentsText).to.equal('Фото и видео: нет.');
      expect(first.attachmentsLink).to.contain(`/attachments/executor/${given.id}?until=`);
      const [notice] = await notices(`rework:${first.deadlineId}`);
      expect(notice?.body).to.contain('Назовите *срок*.').and.to.contain('25.11.2026 09:30');
      await rework(given, first.deadlineId, 'До 1 декабря.', '2026-11-25T09:20');
      expect(await clock(first.deadlineId)).to.deep.include({
        kind: 'rework',
        clause: 9,
        stoppedAt: msk('2026-11-25T09:20'),
        missedAt: null,
      });

      await sentBack(stage, messageId, [given.id], 'Добавьте адрес.', '2026-11-25T10:00');
      const second = await start(given, '2026-11-25T10:00');
      expect(second).to.include({ dueText: '25.11.2026 11:00', previousText: 'До 1 декабря.' });
      expect(second.remarksText).to.contain('Добавьте адрес');
      await rework(given, second.deadlineId, 'Ленина, 1: до 1 декабря.', '2026-11-25T11:30');
      expect(await assignment(given.id)).to.include({ status: 'drafted', reworkRounds: 2 });
      const drafts = await stage.db
        .getRepository(DraftEntity)
        .find({ where: { assignmentId: given.id }, order: { version: 'ASC' } });
      expect(drafts.map(({ version, text }) => [version, text])).to.deep.equal([
        [1, 'Яма заделана.'],
        [2, 'До 1 декабря.'],
        [3, 'Ленина, 1: до 1 декабря.'],
      ]);
      const missing = { deadlineId: second.deadlineId, at: engineTime('2026-11-25T11:00') };
      expect(await stage.twice(recordMissedDeadline(stage), missing)).to.include({ missed: true });
    });

    it('refuses an empty text', async () => {
      const given = await anAssignment(stage, messageId);
      await draft(given, '2026-11-24T12:00');
      await sentBack(stage, messageId, [given.id], 'Назовите срок.');
      const { deadlineId } = await start(given, '2026-11-24T14:00');
      for (const submission of [{ text: ' ' }, {}, null, 'текст']) {
        const error = await stage.failure(recordRework(stage), {
          messageId,
          assignmentId: given.id,
          deadlineId,
          submission,
          at: engineTime('2026-11-24T14:30'),
        });
        expect(error, JSON.stringify(submission)).to.be.instanceOf(InputError);
      }
      expect((await clock(deadlineId)).stoppedAt).to.equal(null);
    });
  });
});
