import { expect } from 'chai';
import { IsNull, Not } from 'typeorm';
import { AgencyEntity } from '../db/entities/agency.ts';
import { DeadlineEntity, type Deadline } from '../db/entities/deadline.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { holdMessage } from '../db/hold-message.ts';
import { openMiss } from '../db/missed-deadline.ts';
import { InputError } from '../errors.ts';
import { aJob } from '../../test/job.ts';
import { untilOneWaits } from '../../test/lock.ts';
import { clock, draft, drafted, engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import { closeShortcoming } from './close-shortcoming.ts';
import { confirmShortcomingWithdrawal } from './confirm-shortcoming-withdrawal.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { noteFault } from './note-fault.ts';
import { notifyDeputyGovernor } from './notify-deputy-governor.ts';
import { notifyInstruction } from './notify-instruction.ts';
import { openShortcoming } from './open-shortcoming.ts';
import { recordRemedy } from './record-remedy.ts';
import { recordShortcomingDecision } from './record-shortcoming-decision.ts';
import { remindRemedy } from './remind-remedy.ts';
import { withdrawShortcoming } from './withdraw-shortcoming.ts';

const curator = { login: 'curator', name: 'Начальник отдела' };

describe('A shortcoming (clauses 12, 13)', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const shortcoming = (id: string) =>
    stage.db.getRepository(ShortcomingEntity).findOneByOrFail({ id });

  /** A clock of the Ministry of Transport that ran out on Tuesday at 18:00. */
  async function missed(over: Partial<Deadline> = {}) {
    const { messageId, assignments } = await drafted(
      stage.db,
      { mintrans: 'Проект.' },
      { text: 'Яма [ссылка](http://x) <b>' },
    );
    const dueAt = msk('2026-11-24T18:00');
    const deadlineId = await clock(stage.db, messageId, {
      kind: 'draft',
      agencyCode: 'mintrans',
      executor: 'mintrans',
      assignmentId: assignments[0] ?? null,
      dueAt,
      missedAt: dueAt,
      spent: [['2026-11-24T06:00:00.000Z', '2026-11-24T10:00:00.000Z']],
      ...over,
    });
    return { messageId, deadlineId };
  }

  async function opened(over: Partial<Deadline> = {}): Promise<Shortcoming> {
    const { deadlineId } = await missed(over);
    await stage.twice(openShortcoming(stage), { deadlineId, at: engineTime('2026-11-24T18:00') });
    return stage.db.getRepository(ShortcomingEntity).findOneByOrFail({ deadlineId });
  }

  const mailsOf = async (id: string) =>
    (await stage.mail()).filter(({ key }) => key.startsWith(`shortcoming:${id}:`));

  describe('open-shortcoming', () => {
    it('attributes the miss to its agency and executor and starts the process', async () => {
      const { messageId, deadlineId } = await missed();
      const at = engineTime('2026-11-24T18:00');
      await stage.twice(openShortcoming(stage), { deadlineId, at });
      // Another firing of the same timer is another job, and still the same miss.
      await stage.twice(openShortcoming(stage), { deadlineId, at });
      const found = await stage.db.getRepository(ShortcomingEntity).findBy({ deadlineId });
      expect(found).to.have.length(1);
      expect(found[0]).to.include({
        kind: 'deadline',
        messageId,
        agencyCode: 'mintrans',
        executor: 'mintrans',
        supervisor: 'vice-infrastructure',
        status: 'open',
        description: 'Нарушен срок подготовки ответа (п. 6 Порядка)',
      });
      const starts = { messageName: 'shortcoming-found', correlationKey: found[0]?.id ?? '' };
      expect(await stage.db.getRepository(ProcessStartEntity).countBy(starts)).to.equal(1);
    });

    it('does nothing when the deadline was kept', async () => {
      const { deadlineId } = await missed({ missedAt: null });
      await stage.twice(openShortcoming(stage), { deadlineId, at: engineTime('2026-11-24T18:00') });
      expect(await stage.db.getRepository(ShortcomingEntity).countBy({ deadlineId })).to.equal(0);
    });
  });

  describe('of a message on which others work', () => {
    const at = engineTime('2026-11-25T12:00');
    const remedy = { text: 'Яма заделана, приёмка проведена.' };
    const changes: Record<string, (id: string, deadlineId: string) => Promise<unknown>> = {
      'open-shortcoming': (_, deadlineId) => openShortcoming(stage).run({ deadlineId, at }, aJob()),
      'gather-evidence': (shortcomingId) =>
        gatherEvidence(stage).run({ shortcomingId, at }, aJob()),
      'record-shortcoming-decision': (shortcomingId) => {
        const considered = { decision: 'unfounded', text: 'Срок не нарушен, проверено.' };
        const variables = { shortcomingId, considered, at };
        return recordShortcomingDecision(stage).run(variables, aJob());
      },
      'record-remedy': (shortcomingId) =>
        recordRemedy(stage).run({ shortcomingId, remedy, at }, aJob()),
      'its withdrawal': (id) =>
        stage.db.transaction((tx) =>
          withdrawShortcoming(tx, id, { grounds: 'Ответ был полным.' }, curator, new Date()),
        ),
    };

    for (const [what, change] of Object.entries(changes)) {
      it(`waits with ${what}, and neither blocks the other`, async () => {
        const known = what !== 'open-shortcoming';
        const { messageId, deadlineId } = await missed();
        if (known) await openShortcoming(stage).run({ deadlineId, at }, aJob());
        const before = await stage.db.getRepository(ShortcomingEntity).findOneBy({ deadlineId });
        const { changed } = await stage.db.transaction(async (tx) => {
          await holdMessage(tx, messageId);
          const changed = change(before?.id ?? '', deadlineId);
          await untilOneWaits(stage.db);
          // As a draft that comes after its deadline does.
          await openMiss(tx, deadlineId, msk('2026-11-25T12:00'));
          return { changed };
        });
        await changed;
        const found = await stage.db.getRepository(ShortcomingEntity).findBy({ deadlineId });
        expect(found).to.have.length(1);
      });
    }
  });

  describe('evidence and notice', () => {
    it('of a miss that goes on say how far it went and that nothing came', async () => {
      const { id, messageId } = await opened();
      const output = await stage.twice(gatherEvidence(stage), {
        shortcomingId: id,
        at: engineTime('2026-11-25T10:20'),
      });
      expect(output).to.have.deep.property('shortcoming', {
        id,
        agency: 'mintrans',
        agencyName: 'Министерство транспорта и дорожного хозяйства Смоленской области',
        executor: 'mintrans',
        supervisor: 'vice-infrastructure',
        title: 'Минтранс: Нарушен срок подготовки ответа (п. 6 Порядка)',
      });
      const { evidence } = output as { evidence: string };
      expect(evidence).to.contain('превышен на 1 ч 20 мин рабочего времени');
      expect(evidence).to.contain('24&#46;11&#46;2026 18&#58;00');
      expect(evidence).to.contain('- 24.11.2026 09:00 — 24.11.2026 13:00');
      expect(evidence).to.contain(`(<${stage.pageLink(messageId)}>)`);
      expect(evidence).to.contain(`(<${stage.shortcomingLink(id)}>)`);
      expect(evidence).to.contain('&#91;ссылка&#93;').and.not.to.contain('<b>');
      const start = { correlationKey: id, confirmedAt: Not(IsNull()) };
      expect(await stage.db.getRepository(ProcessStartEntity).countBy(start)).to.equal(1);

      await stage.twice(notifyDeputyGovernor(stage), { shortcomingId: id });
      // The answer that came in the meantime does not make a second notice.
      await stage.db
        .getRepository(DeadlineEntity)
        .update({ messageId }, { stoppedAt: msk('2026-11-25T11:00') });
      await stage.twice(notifyDeputyGovernor(stage), { shortcomingId: id });
      const [notice, ...more] = await mailsOf(id);
      expect(more).to.have.length(0);
      expect(notice).to.include({
        channel: 'email',
        address: 'vice-infrastructure@smolensk.example',
      });
      expect(notice?.body).to.contain('На момент уведомления срок превышен на 1 ч 20 мин');
      expect(notice?.body).to.contain('ответ не поступил');
      expect(notice?.body).to.contain('(календарного — 16 ч 20 мин)');
      expect(notice?.body).to.contain('Орган: Министерство транспорта');
      expect(notice?.body).to.match(/Исполнитель: .*министр/i);
      expect(notice?.body).to.contain('https://vk.com/wall-1_20');
      expect(notice?.body).to.contain(stage.pageLink(messageId));
      expect(notice?.body).to.contain(`Недостаток в реестре: ${stage.shortcomingLink(id)}`);
    });

    it('of a miss that ended say by how much it was', async () => {
      const { id } = await opened({ stoppedAt: msk('2026-11-25T09:05') });
      await stage.twice(gatherEvidence(stage), {
        shortcomingId: id,
        at: engineTime('2026-11-25T10:20'),
      });
      await stage.twice(notifyDeputyGovernor(stage), { shortcomingId: id });
      const [notice] = await mailsOf(id);
      expect(notice?.body).to.contain(
        'Срок превышен на 5 мин рабочего времени (календарного — 15 ч 5 мин); ответ поступил 25.11.2026 09:05.',
      );
    });

    it('of a fault of substance show the draft it was found in, not what came later', async () => {
      const { messageId, assignments } = await drafted(stage.db, { mintrans: 'Яму *заделаем*.' });
      const [assignment] = assignments;
      const { id } = await stage.db.transaction((tx) =>
        noteFault(
          tx,
          messageId,
          { assignment, ground: 'incomplete', text: 'Не сказано, когда.' },
          { login: 'curator', name: 'Куратор' },
          msk('2026-11-24T13:00'),
        ),
      );
      await stage.db
        .getRepository(DraftEntity)
        .update({ assignmentId: assignment! }, { submittedAt: msk('2026-11-24T12:30') });
      await draft(stage.db, assignment!, 2, 'Яму заделаем завтра.');
      await stage.db
        .getRepository(DraftEntity)
        .update(
          { version: 2, assignmentId: assignment! },
          { submittedAt: msk('2026-11-24T14:00') },
        );
      const { evidence } = (await stage.twice(gatherEvidence(stage), {
        shortcomingId: id,
        at: engineTime('2026-11-24T15:00'),
      })) as { evidence: string };
      expect(evidence)
        .to.contain('**Проект ответа, в котором недостаток:** версия 1, направлен 24.11.2026 12:30')
        .and.contain('> Яму &#42;заделаем&#42;')
        .and.not.contain('завтра');
    });

    it('fit the form whatever the message and the fault', async () => {
      const { id } = await opened({
        spent: Array.from({ length: 200 }, () => [
          '2026-11-24T06:00:00.000Z',
          '2026-11-24T10:00:00.000Z',
        ]),
      });
      const found = await shortcoming(id);
      await stage.db
        .getRepository(ShortcomingEntity)
        .update({ id }, { description: '*'.repeat(4_000) });
      await stage.db.query('update message set text = $1 where id = $2', [
        '_'.repeat(15_000),
        found.messageId,
      ]);
      const output = await stage.twice(gatherEvidence(stage), {
        shortcomingId: id,
        at: engineTime('2026-11-25T10:20'),
      });
      expect((output as { evidence: string }).evidence.length).to.be.lessThan(7_000);
    });
  });

  describe('the deputy governor’s decision', () => {
    const decide = (shortcomingId: string, considered: unknown) => ({
      shortcomingId,
      considered,
      at: engineTime('2026-11-25T11:00'),
    });

    it('may be an instruction, which goes to the agency and is followed until remedied', async () => {
      const { id } = await opened();
      const output = await stage.twice(
        recordShortcomingDecision(stage),
        decide(id, { decision: 'instruction', text: 'Дать *ответ*', remedyDueAt: '2026-11-27' }),
      );
      expect(output).to.deep.equal({
        shortcomingDecision: 'instruction',
        remedyDueAt: msk('2026-11-27T23:59').toISOString(),
        remedyDueText: '27.11.2026 23:59',
        instructionText: '> Дать &#42;ответ&#42;',
        inputError: null,
      });
      expect(await shortcoming(id)).to.deep.include({
        status: 'instructed',
        decision: 'instruction',
        decisionText: 'Дать *ответ*',
        decidedAt: msk('2026-11-25T11:00'),
      });

      await stage.twice(notifyInstruction(stage), { shortcomingId: id });
      const [instruction] = await mailsOf(id);
      const agency = await stage.db
        .getRepository(AgencyEntity)
        .findOneByOrFail({ code: 'mintrans' });
      expect(instruction).to.include({
        channel: agency.channelKind,
        address: agency.channelAddress,
      });
      expect(instruction?.body).to.contain('Дать *ответ*').and.contain('27.11.2026 23:59');

      const late = { shortcomingId: id, at: engineTime('2026-11-27T23:59') };
      await stage.twice(remindRemedy(stage), late);
      expect((await shortcoming(id)).status).to.equal('overdue');
      const reminders = (await mailsOf(id)).filter(({ key }) => key.endsWith(':overdue'));
      expect(reminders.map(({ address }) => address)).to.deep.equal([
        'vice-infrastructure@smolensk.example',
      ]);

      const remedied = await stage.twice(recordRemedy(stage), {
        shortcomingId: id,
        remedy: { text: 'Ответ дан' },
        at: engineTime('2026-11-28T10:00'),
      });
      expect(remedied).to.deep.equal({ inputError: null });
      expect(await shortcoming(id)).to.deep.include({
        status: 'remedied',
        remedyText: 'Ответ дан',
        closedAt: msk('2026-11-28T10:00'),
      });
      await stage.twice(remindRemedy(stage), late);
      expect((await shortcoming(id)).status).to.equal('remedied');
    });

    for (const decision of ['measure', 'unfounded'] as const) {
      it(`may be «${decision}», which closes it`, async () => {
        const { id } = await opened();
        const output = await stage.twice(
          recordShortcomingDecision(stage),
          decide(id, { decision, text: 'Решение', remedyDueAt: null }),
        );
        expect(output).to.include({ shortcomingDecision: decision, remedyDueAt: null });
        await stage.twice(closeShortcoming(stage), {
          shortcomingId: id,
          at: engineTime('2026-11-25T11:01'),
        });
        expect(await shortcoming(id)).to.deep.include({
          status: decision,
          closedAt: msk('2026-11-25T11:01'),
        });
      });
    }

    for (const considered of [
      null,
      'measure',
      { decision: 'forgive', text: 'Да' },
      { decision: 'measure', text: ' ' },
      { decision: 'instruction', text: 'Исправить' },
      { decision: 'instruction', text: 'Исправить', remedyDueAt: '2026-11-24' },
      { decision: 'instruction', text: 'Исправить', remedyDueAt: 5 },
    ]) {
      it(`is refused: ${JSON.stringify(considered)}`, async () => {
        const { id } = await opened();
        const error = await stage.failure(recordShortcomingDecision(stage), decide(id, considered));
        expect(error).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(/[а-я]/);
        expect((await shortcoming(id)).status).to.equal('open');
      });
    }

    it('wants a remedy to be described', async () => {
      const { id } = await opened();
      const variables = { shortcomingId: id, remedy: {}, at: engineTime('2026-11-28T10:00') };
      expect(await stage.failure(recordRemedy(stage), variables)).to.be.instanceOf(InputError);
    });
  });

  describe('noted by the curator', () => {
    const at = msk('2026-11-25T12:00');
    const note = (messageId: string, given: object) =>
      stage.db.transaction((tx) => noteFault(tx, messageId, given, curator, at));
    const withdraw = (id: string, grounds: unknown = 'Ответ был полным, проверено.') =>
      stage.db.transaction((tx) => withdrawShortcoming(tx, id, { grounds }, curator, at));
    const starts = (messageName: string, correlationKey: string) =>
      stage.db.getRepository(ProcessStartEntity).countBy({ messageName, correlationKey });
    async function noted() {
      const { messageId, assignments } = await drafted(stage.db, { mintrans: 'Проект.' });
      const given = {
        assignment: assignments[0],
        ground: 'incomplete',
        text: 'Не указан срок ремонта.',
      };
      return { given, messageId, found: await note(messageId, given) };
    }

    it('is attributed, starts the process, and is one however often it is sent', async () => {
      const { given, messageId, found } = await noted();
      expect(found).to.include({
        kind: 'substance',
        agencyCode: 'mintrans',
        executor: 'mintrans',
        supervisor: 'vice-infrastructure',
        description: 'Неполный ответ: Не указан срок ремонта.',
        openedBy: 'curator',
      });
      expect((await note(messageId, given)).id).to.equal(found.id);
      expect(await starts('shortcoming-found', found.id)).to.equal(1);
      await withdraw(found.id);
      expect((await note(messageId, given)).id).not.to.equal(found.id);
    });

    it('wants an assignment of the message, a ground and words', async () => {
      const { given, messageId } = await noted();
      const other = await drafted(stage.db, { minobr: 'Проект.' });
      for (const wrong of [
        {},
        { ...given, assignment: other.assignments[0] },
        { ...given, ground: 'x' },
        { ...given, text: 'мало' },
      ]) {
        const error: unknown = await note(messageId, wrong).catch((it: unknown) => it);
        expect(error).to.be.instanceOf(InputError);
        expect((error as Error).message).to.match(/^[А-Я]/);
      }
    });

    it('is withdrawn with grounds: kept, marked, its process told until that confirms', async () => {
      const { found } = await noted();
      const refused: unknown = await withdraw(found.id, ' ').catch((it: unknown) => it);
      expect(refused).to.be.instanceOf(InputError);
      await withdraw(found.id);
      expect(await shortcoming(found.id)).to.deep.include({
        status: 'withdrawn',
        withdrawnBy: 'curator',
        withdrawnAt: at,
        closedAt: at,
        withdrawalGrounds: 'Ответ был полным, проверено.',
      });
      expect(await starts('shortcoming-withdrawn', found.id)).to.equal(1);
      const [notice] = await mailsOf(found.id);
      expect(notice?.subject).to.equal('Недостаток снят куратором: Минтранс');
      expect(await withdraw(found.id).catch((it: unknown) => it)).to.be.instanceOf(InputError);

      const job = { shortcomingId: found.id, at: engineTime('2026-11-25T12:01') };
      await stage.twice(notifyDeputyGovernor(stage), job);
      expect(await mailsOf(found.id)).to.have.length(1);
      const considered = { decision: 'measure', text: 'Выговор' };
      const late = await stage.failure(recordShortcomingDecision(stage), { ...job, considered });
      expect(late).to.be.instanceOf(InputError);
      await stage.twice(confirmShortcomingWithdrawal(stage), job);
      const told = { correlationKey: found.id, messageName: 'shortcoming-withdrawn' };
      const start = await stage.db.getRepository(ProcessStartEntity).findOneByOrFail(told);
      expect(start.confirmedAt).not.to.equal(null);
    });

    it('tells nothing to the process of one that was closed before', async () => {
      const { found } = await noted();
      const closedAt = msk('2026-11-25T11:00');
      await stage.db
        .getRepository(ShortcomingEntity)
        .update(found.id, { status: 'remedied', closedAt });
      await withdraw(found.id);
      expect(await shortcoming(found.id)).to.deep.include({ status: 'withdrawn', closedAt });
      expect(await starts('shortcoming-withdrawn', found.id)).to.equal(0);
    });
  });
});
