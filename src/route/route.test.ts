import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { repeatKey, settleRepeats } from '../db/repeats.ts';
import { queueStart } from '../db/starts.ts';
import { InputError } from '../errors.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { aJob } from '../../test/job.ts';
import { untilOneWaits } from '../../test/lock.ts';
import { clock, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { claimMessage } from './claim-message.ts';
import { openUrgentReport } from './open-urgent-report.ts';
import { proposeCompetence } from './propose-competence.ts';
import { recordPostChange } from './record-post-change.ts';
import { recordTriage } from './record-triage.ts';
import { recordWithdrawal } from './record-withdrawal.ts';
import { remindCurator } from './remind-curator.ts';

const at = engineTime('2026-11-24T10:00');

describe('From a detected message to its triage (clause 2)', () => {
  let stage: Stage;
  let messageId: string;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    messageId = await aMessage(stage);
  });

  const message = (id = messageId) => stage.db.getRepository(MessageEntity).findOneByOrFail({ id });
  const audit = () => stage.db.getRepository(AuditEntryEntity).findBy({ messageId });
  const mailAbout = async (prefix: string) =>
    (await stage.mail()).filter(({ key }) => key.startsWith(prefix));

  describe('claim-message', () => {
    const claim = (processInstanceKey: string, when = at) =>
      claimMessage(stage).run(
        { messageId, at: when },
        aJob({ processInstanceKey, elementId: 'claim-message' }),
      );
    const start = () =>
      stage.db.getRepository(ProcessStartEntity).findOneByOrFail({ correlationKey: messageId });

    it('takes the message for its process and confirms the start', async () => {
      await queueStart(stage.db.manager, 'message-detected', messageId, { messageId });
      const output = await stage.twice(claimMessage(stage), { messageId, at });
      expect(output).to.include({ claimed: true, text: 'когда заделают яму на улице ленина?' });
      expect(output).to.have.property('card').that.contains('Иван Петров');
      expect(await message()).to.include({ processInstanceKey: '1', status: 'triage' });
      expect((await start()).confirmedAt).to.be.instanceOf(Date);
    });

    it('gives a message to one of two processes', async () => {
      await queueStart(stage.db.manager, 'message-detected', messageId, { messageId });
      const outputs = await Promise.all([claim('7'), claim('8')]);
      const winner = (await message()).processInstanceKey;
      expect(winner).to.be.oneOf(['7', '8']);
      expect(outputs[0]).to.have.property('claimed', winner === '7');
      expect(outputs[1]).to.have.property('claimed', winner === '8');
    });

    it('reminds in the curator’s working time', async () => {
      const output = await claim('9', engineTime('2026-11-27T17:30'));
      expect(output).to.have.property('remindAt', msk('2026-11-30T09:30').toISOString());
    });

    it('gives the table words it can match', async () => {
      messageId = await aMessage(stage, { text: `Всё  ЁЛКИ\n${'я'.repeat(9_000)}` });
      const { text } = (await claim('10')) as { text: string };
      expect(text.slice(0, 10)).to.equal('все елки я');
      expect(text.length).to.be.at.most(3_000);
    });
  });

  it('propose-competence leaves out what the registry does not know', async () => {
    messageId = await aMessage(stage, { text: 'В Вязьме яма у школы' });
    const competence = [
      { agency: 'mintrans', topic: 'nonsense' },
      { agency: 'abolished', topic: 'roads' },
      { agency: null, topic: null },
      { agency: 'mintrans', topic: 'roads' },
      { agency: 'minobr', topic: 'education' },
    ];
    const handler = proposeCompetence({ ...stage, curatorLink: stage.pageLink });
    const output = (await stage.twice(handler, { messageId, competence })) as {
      agencyOptions: unknown[];
      proposal: string;
    };
    expect(output).to.deep.include({
      proposedAgencies: ['mintrans', 'minobr'],
      proposedTopic: 'roads',
      proposedMunicipality: 'vyazemsky',
    });
    expect(output.agencyOptions).to.deep.include({
      value: 'minobr',
      label: 'Минобрнауки',
    });
    expect(output.proposal).to.contain('Министерство образования');
    for (const nothing of [null, []]) {
      expect(await stage.twice(handler, { messageId, competence: nothing })).to.deep.include({
        proposedAgencies: [],
        proposedTopic: null,
      });
    }
  });

  it('remind-curator mails every curator once', async () => {
    await stage.twice(remindCurator(stage), { messageId }, '1');
    await stage.twice(remindCurator(stage), { messageId }, '2');
    const mails = await mailAbout(`triage-reminder:${messageId}`);
    expect(mails.map(({ address }) => address)).to.have.members([
      'curator@smolensk.example',
      'curator2@smolensk.example',
    ]);
    expect(mails[0]?.body).to.contain('https://vk.com/wall').and.to.contain(messageId);
  });

  describe('record-triage', () => {
    const take = {
      decision: 'take',
      agencies: ['mintrans', 'minobr'],
      topic: 'roads',
      kind: 'complaint',
      municipality: 'smolensk',
      urgent: true,
      urgentGrounds: ' Есть пострадавшие ',
      note: ' Срочно осмотреть ',
      reason: null,
      duplicateOf: null,
    };
    const triage = (submission: unknown) =>
      stage.twice(recordTriage(stage), { messageId, triage: submission, at });

    it('takes a message on', async () => {
      expect(await triage(take)).to.deep.equal({
        decision: 'take',
        agencies: ['mintrans', 'minobr'],
        urgent: true,
        urgentGrounds: 'Есть пострадавшие',
        repeatKey: null,
        inputError: null,
      });
      expect(await message()).to.deep.include({
        topic: 'roads',
        subjectKind: 'complaint',
        municipality: 'smolensk',
        urgent: true,
        note: 'Срочно осмотреть',
        triagedAt: msk('2026-11-24T10:00'),
        finishedAt: null,
      });
    });

    it('keeps the reason of one that is not relevant', async () => {
      const output = await triage({
        decision: 'not-relevant',
        reason: 'Частное дело.',
        agencies: ['\0'],
        urgent: true,
      });
      expect(output).to.deep.include({ decision: 'not-relevant', agencies: [], urgent: false });
      expect(await message()).to.deep.include({
        status: 'not-relevant',
        reason: 'Частное дело.',
        finishedAt: msk('2026-11-24T10:00'),
      });
    });

    for (const [how, reference] of [
      ['its id', (id: string) => id],
      ['the link to its page', (id: string) => `http://localhost:3000/messages/${id}?key=abc`],
      ['its address in the network', (id: string) => ` https://vk.com/wall-1_${id} `],
    ] as const) {
      it(`joins a repeat to its original, named by ${how}`, async () => {
        const original = await aMessage(stage);
        await triage({ decision: 'duplicate', duplicateOf: reference(original) });
        expect(await message()).to.include({ status: 'duplicate', duplicateOf: original });
      });
    }

    it('joins a repeat to its original however its address is written', async () => {
      const [externalId, url] = ['-1_77_r5', 'https://vk.com/wall-1_77?reply=5'];
      const original = await aMessage(stage, { externalId, url });
      const duplicateOf = 'm.vk.ru/feed?w=wall-1_77_r5&from=mobile';
      await triage({ decision: 'duplicate', duplicateOf });
      expect(await message()).to.include({ status: 'duplicate', duplicateOf: original });
    });

    it('refuses itself, a repeat and what is not there as the original', async () => {
      const original = await aMessage(stage);
      const repeat = await aMessage(stage, { status: 'duplicate', duplicateOf: original });
      for (const duplicateOf of [messageId, repeat, randomUUID(), 'https://vk.com/wall1_1', ' ']) {
        const error = await stage.failure(recordTriage(stage), {
          messageId,
          triage: { decision: 'duplicate', duplicateOf },
          at,
        });
        expect(error, duplicateOf).to.be.instanceOf(InputError);
      }
      expect((await message()).status).to.equal('detected');
    });

    it('says everything that is wrong at once, in Russian', async () => {
      const odd = { decision: 'take', agencies: ['nowhere', 'nowhere'], topic: 'nonsense' };
      const error = await stage.failure(recordTriage(stage), { messageId, triage: odd, at });
      expect(error)
        .to.be.instanceOf(InputError)
        .with.property('message')
        .that.contains('выбран дважды')
        .and.contains('нет в реестре')
        .and.contains('тему')
        .and.contains('вид сообщения')
        .and.not.contains('nonsense');
    });

    for (const odd of [
      null,
      7,
      'take',
      [],
      {},
      { ...take, agencies: [] },
      { ...take, agencies: 'mintrans' },
      { ...take, agencies: [['mintrans']] },
      { ...take, topic: null },
      { ...take, kind: 'rumour' },
      { ...take, municipality: 'moscow' },
      { ...take, urgent: 'yes' },
      { ...take, note: 'я'.repeat(2_001) },
      { ...take, note: {} },
      { decision: 'not-relevant', reason: ' ' },
    ]) {
      it(`refuses ${JSON.stringify(odd).slice(0, 90)}`, async () => {
        const variables = { messageId, triage: odd, at };
        const error = await stage.failure(recordTriage(stage), variables);
        expect(error).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(/^[А-Я]/);
        expect(await audit()).to.be.empty;
      });
    }

    it('does not revive a message that was withdrawn', async () => {
      await stage.twice(recordWithdrawal(stage), { messageId, reason: 'Ошибка', at });
      await triage({ decision: 'not-relevant', reason: 'Частное дело.' });
      expect((await message()).status).to.equal('withdrawn');
    });
  });

  it('a repeat that is withdrawn while its original ends leaves nothing that is told for ever', async () => {
    const duplicateOf = await aMessage(stage, { status: 'withdrawn' });
    messageId = await aMessage(stage, { status: 'duplicate', duplicateOf });
    await settleRepeats(stage.db.manager, duplicateOf);
    await stage.twice(recordWithdrawal(stage), { messageId, reason: 'Ошибка', at });
    const told = await stage.db
      .getRepository(ProcessStartEntity)
      .findOneByOrFail({ correlationKey: repeatKey(messageId, duplicateOf) });
    expect(told.confirmedAt).to.be.instanceOf(Date);
  });

  it('open-urgent-report starts one report (clause 15)', async () => {
    messageId = await aMessage(stage, { note: 'Ответьте сегодня' });
    const urgentGrounds = 'Авария на котельной';
    await stage.twice(openUrgentReport(stage), { messageId, at, urgentGrounds });
    await stage.twice(openUrgentReport(stage), { messageId, at, urgentGrounds });
    const reports = await stage.db.getRepository(UrgentReportEntity).findBy({ messageId });
    expect(reports.map(({ grounds }) => grounds)).to.deep.equal(['Авария на котельной']);
    const start = await stage.db
      .getRepository(ProcessStartEntity)
      .findOneBy({ messageName: 'urgent-found', correlationKey: reports[0]?.id ?? '' });
    expect(start?.variables).to.deep.equal({ urgentReportId: reports[0]?.id });
  });

  describe('while executors work', () => {
    /** One agency writes, one has sent its draft, one reworks its own. */
    async function inWork() {
      const [writes, sent, reworks] = [
        await anAssignment(stage, messageId, 'minzdrav'),
        await anAssignment(stage, messageId, 'minobr'),
        await anAssignment(stage, messageId, 'mintrans'),
      ];
      for (const { id, draftDeadlineId, returnDeadlineId } of [sent, reworks]) {
        await stage.db.getRepository(AssignmentEntity).update({ id }, { status: 'drafted' });
        for (const deadline of [draftDeadlineId, returnDeadlineId]) {
          await stage.db
            .getRepository(DeadlineEntity)
            .update({ id: deadline }, { stoppedAt: msk('2026-11-24T10:10') });
        }
      }
      await clock(stage.db, messageId, {
        kind: 'rework',
        agencyCode: 'mintrans',
        assignmentId: reworks.id,
        dueAt: msk('2026-11-24T12:00'),
      });
      return { writes, sent, reworks };
    }

    it('a change of the post is told to them and to the curators, once', async () => {
      const { writes, reworks } = await inWork();
      const editedAt = msk('2026-11-24T11:00');
      await stage.db
        .getRepository(MessageEntity)
        .update({ id: messageId }, { editedAt, text: 'Заделали, спасибо!' });
      const variables = { messageId, change: 'edited', at: engineTime('2026-11-24T11:01') };
      const output = await stage.twice(recordPostChange(stage), variables);
      // announced twice by the monitor: another event, another job
      await stage.twice(recordPostChange(stage), variables);
      expect(output).to.have.property('card').that.contains('Заделали').and.contains('изменил');
      const mails = await mailAbout(`post-change:${messageId}`);
      expect(mails.map(({ key }) => key.slice(key.lastIndexOf(':') + 1))).to.have.members([
        'curator',
        'curator2',
        writes.id,
        reworks.id,
      ]);
      expect((await audit()).filter(({ subject }) => subject === 'автор')).to.have.length(1);
    });

    it('a change is told after the transaction that records it', async () => {
      const recording = stage.db.createQueryRunner();
      await recording.startTransaction();
      await recording.query(
        `update message set text = 'Новый текст', edited_at = now() where id = $1`,
        [messageId],
      );
      const telling = recordPostChange(stage).run(
        { messageId, change: 'edited', at },
        aJob({ elementId: 'record-post-change' }),
      );
      await untilOneWaits(stage.db);
      await recording.commitTransaction();
      await recording.release();
      expect(await telling)
        .to.have.property('card')
        .that.contains('Новый текст');
    });

    it('a change whose record was rolled back is not told: it will be announced again', async () => {
      await inWork();
      const variables = { messageId, change: 'edited', at: engineTime('2026-11-24T11:01') };
      const output = await stage.twice(recordPostChange(stage), variables);
      expect(output).to.have.property('card').that.does.not.contain('изменил');
      expect(await mailAbout(`post-change:${messageId}`)).to.be.empty;
      expect((await audit()).filter(({ subject }) => subject === 'автор')).to.be.empty;
    });

    it('a withdrawal stops every clock and tells them', async () => {
      const { writes, sent, reworks } = await inWork();
      const when = engineTime('2026-11-24T11:00');
      const reason = 'Сообщение\0 размещено по ошибке';
      await stage.twice(recordWithdrawal(stage), { messageId, reason, at: when });
      expect(await message()).to.deep.include({
        status: 'withdrawn',
        reason: 'Сообщение размещено по ошибке',
        finishedAt: msk('2026-11-24T11:00'),
      });
      const clocks = await stage.db.getRepository(DeadlineEntity).findBy({ messageId });
      expect(clocks.filter(({ stoppedAt }) => stoppedAt === null)).to.be.empty;
      expect(clocks.find(({ id }) => id === writes.draftDeadlineId)?.stoppedAt).to.deep.equal(
        msk('2026-11-24T11:00'),
      );
      expect(clocks.find(({ id }) => id === sent.draftDeadlineId)?.stoppedAt).to.deep.equal(
        msk('2026-11-24T10:10'),
      );
      const statuses = await stage.db.getRepository(AssignmentEntity).findBy({ messageId });
      expect(Object.fromEntries(statuses.map(({ id, status }) => [id, status]))).to.deep.equal({
        [writes.id]: 'dropped',
        [sent.id]: 'drafted',
        [reworks.id]: 'drafted',
      });
      expect((await mailAbout('withdrawn:')).map(({ key }) => key)).to.have.members([
        `withdrawn:${writes.id}`,
        `withdrawn:${reworks.id}`,
      ]);
    });

    it('a withdrawal after a deadline does not hide that it was missed (clause 12)', async () => {
      const { writes, reworks } = await inWork();
      const when = engineTime('2026-11-24T12:30');
      await stage.twice(recordWithdrawal(stage), { messageId, reason: 'Ошибка', at: when });
      const clocks = await stage.db.getRepository(DeadlineEntity).findBy({ messageId });
      const missed = clocks.filter(({ missedAt }) => missedAt !== null);
      expect(missed.map(({ kind, assignmentId }) => [kind, assignmentId])).to.deep.equal([
        ['rework', reworks.id],
      ]);
      expect(clocks.find(({ id }) => id === writes.returnDeadlineId)).to.deep.include({
        stoppedAt: msk('2026-11-24T12:30'),
        missedAt: null,
      });
      const shortcomings = await stage.db.getRepository(ShortcomingEntity).findBy({ messageId });
      expect(shortcomings.map(({ deadlineId }) => deadlineId)).to.deep.equal([missed[0]?.id]);
    });

    it('a withdrawal that came too late leaves the answer', async () => {
      const finishedAt = msk('2026-11-24T10:59');
      await stage.db
        .getRepository(MessageEntity)
        .update({ id: messageId }, { status: 'answered', finishedAt });
      await stage.twice(recordWithdrawal(stage), { messageId, reason: 'Ошибка', at });
      expect(await message()).to.deep.include({ status: 'answered', finishedAt });
    });
  });
});
