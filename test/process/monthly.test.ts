import { expect } from 'chai';
import { IsNull } from 'typeorm';
import { AssignmentEntity } from '../../src/db/entities/assignment.ts';
import { DeadlineEntity } from '../../src/db/entities/deadline.ts';
import { DraftEntity } from '../../src/db/entities/draft.ts';
import { MessageEntity } from '../../src/db/entities/message.ts';
import { MonthlyReportEntity } from '../../src/db/entities/monthly-report.ts';
import { PublicationEntity } from '../../src/db/entities/publication.ts';
import { ReturnRequestEntity } from '../../src/db/entities/return-request.ts';
import { ShortcomingEntity, type Shortcoming } from '../../src/db/entities/shortcoming.ts';
import { regionIn } from '../../src/registry/load.ts';
import { act } from '../system/act.ts';
import { atReview, inWork } from '../system/stages.ts';
import { wordText } from '../word.ts';

const fetchBytes = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(url)).arrayBuffer());

describe('The monthly data', () => {
  const given = act();

  it('are compiled on the first working day, checked by the curator and sent once (clause 14)', async () => {
    const { otklik, curator, executor, clock, monthly, inbox, system } = given;
    const first = clock.now().startOf('month');
    const month = first.toFormat('yyyy-MM');
    const answered = await atReview(given);
    await curator.publishes(answered.message);
    await otklik.ended(answered.message);
    const late = await inWork(given);
    await clock.advanceTo(clock.today('18:00'));
    await executor('minzhkh').drafts(late.message, 'Отопление включено.');
    await curator.sees(late.message, 'review-answer');

    const next = first.plus({ months: 1 });
    const { hours } = await regionIn(system.region.dir);
    const { day } = system.calendars.of(hours['default']!).firstWorkingDay(next.year, next.month);
    await clock.advanceTo(next.set({ hour: 9 }));
    if (day > clock.now()) {
      const [instance] = system.view.instancesWith('month', month);
      expect(system.view.tasks(instance)).to.be.empty;
      await clock.advanceTo(day);
    }
    const task = await monthly.isSeen(month);
    const reports = system.db.getRepository(MonthlyReportEntity);
    const { snapshot } = await reports.findOneByOrFail({ month });
    const { figures } = snapshot;
    expect(figures).to.deep.include(await counted(first.toJSDate(), next.toJSDate()));
    const shown = String(task.see('monthlyText'));
    expect(shown).to.contain(`принято в работу ${figures.messages} `);
    const [, link = ''] = /\(<(http[^>]+)>\)/.exec(shown) ?? [];
    const page = await fetch(link);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.contain('Проект: ожидает проверки куратора.');
    const previewed = await Promise.all(
      ['docx', 'xlsx'].map((kind) =>
        fetchBytes(link.replace('?', `/svodnye-dannye-${month}.${kind}?`)),
      ),
    );

    await monthly.isChecked(month, { decision: 'recompile', remarks: 'Проверьте ещё раз.' });
    await otklik.refused(task);
    await monthly.isChecked(month, { decision: 'approve' });
    await system.steady();
    const sent = await inbox.of('vice-policy', 'Сводные данные за');
    expect(sent).to.have.length(1);
    expect(sent[0]?.text).to.contain(`принято в работу ${figures.messages} `);
    expect(sent[0]?.attachments.map(({ filename }) => filename)).to.deep.equal([
      `svodnye-dannye-${month}.docx`,
      `svodnye-dannye-${month}.xlsx`,
    ]);
    const mailed = await Promise.all(
      [0, 1].map((n) => fetchBytes(`${system.sandbox.url}/mail/${sent[0]?.id}/attachments/${n}`)),
    );
    expect(mailed).to.deep.equal(previewed);
    expect(wordText(mailed[0] ?? Buffer.of())).to.contain('СВОДНЫЕ ДАННЫЕ');
    const letter = await (await fetch(`${system.sandbox.url}/mail/${sent[0]?.id}`)).text();
    expect(letter).to.contain(`svodnye-dannye-${month}.docx`);
    expect(await reports.findOneByOrFail({ month })).to.deep.include({
      status: 'sent',
      sentAt: clock.now().toJSDate(),
    });
  });

  /** The figures counted anew from the rows, one by one. */
  async function counted(from: Date, to: Date) {
    const { db } = given.system;
    const inMonth = (at: Date | null) => at !== null && at >= from && at < to;
    const messages = (await db.getRepository(MessageEntity).find()).filter(
      ({ triagedAt, status }) =>
        inMonth(triagedAt) && status !== 'not-relevant' && status !== 'duplicate',
    );
    const publications = (await db.getRepository(PublicationEntity).find()).filter(
      ({ status, publishedAt }) => status === 'published' && inMonth(publishedAt),
    );
    const assignments = await db.getRepository(AssignmentEntity).find();
    const drafts = await db.getRepository(DraftEntity).find();
    const deadlines = await db.getRepository(DeadlineEntity).find();
    const returns = await db.getRepository(ReturnRequestEntity).find();
    const shortcomings = await db
      .getRepository(ShortcomingEntity)
      .findBy({ withdrawnAt: IsNull() });
    const {
      snapshot: { figures },
    } = await db
      .getRepository(MonthlyReportEntity)
      .findOneByOrFail({ month: given.clock.now().minus({ months: 1 }).toFormat('yyyy-MM') });
    const decided =
      (agency: string, what: Shortcoming['decision']) =>
      ({ agencyCode, decision, decidedAt }: Shortcoming) =>
        agencyCode === agency && decision === what && inMonth(decidedAt);
    const byAgency = figures.byAgency.map(({ agency, name, shortName }) => {
      const own = assignments.filter(({ agencyCode }) => agencyCode === agency);
      const ids = own.map(({ id }) => id);
      const firsts = drafts.filter(
        (draft) =>
          ids.includes(draft.assignmentId) && draft.version === 1 && inMonth(draft.submittedAt),
      );
      const clockOf = (assignmentId: string) =>
        deadlines.find((one) => one.assignmentId === assignmentId && one.kind === 'draft');
      const clocks = deadlines.filter(({ agencyCode }) => agencyCode === agency);
      const misses = clocks.filter(({ kind, missedAt }) => kind === 'draft' && inMonth(missedAt));
      const lateness = firsts
        .map(({ assignmentId, submittedAt }) => {
          const { dueAt } = clockOf(assignmentId) ?? {};
          return Math.max(0, submittedAt.getTime() - (dueAt ?? to).getTime());
        })
        .filter((ms) => ms > 0);
      const back = returns.filter(
        (one) => ids.includes(one.assignmentId) && inMonth(one.returnedAt),
      );
      return {
        agency,
        name,
        shortName,
        received: own.filter(({ receivedAt }) => inMonth(receivedAt)).length,
        answered: firsts.length,
        inTime: firsts.filter(
          ({ assignmentId, submittedAt }) => submittedAt <= (clockOf(assignmentId)?.dueAt ?? to),
        ).length,
        latenessMs: lateness.reduce((sum, ms) => sum + ms, 0),
        longestLatenessMs: Math.max(0, ...lateness),
        late: misses.length,
        outstanding: misses.filter(({ stoppedAt }) => stoppedAt === null || stoppedAt >= to).length,
        returns: back.length,
        lateReturns: back.filter((one) => one.late).length,
        acceptedReturns: back.filter(
          ({ decision }) => decision === 'redirect' || decision === 'drop',
        ).length,
        reworkRounds: clocks.filter(
          ({ kind, startedAt }) => kind === 'rework' && inMonth(startedAt),
        ).length,
        shortcomings: shortcomings.filter(
          ({ agencyCode, openedAt, decision }) =>
            agencyCode === agency && inMonth(openedAt) && decision !== 'unfounded',
        ).length,
        instructions: shortcomings.filter(decided(agency, 'instruction')).length,
        measures: shortcomings.filter(decided(agency, 'measure')).length,
      };
    });
    return { messages: messages.length, answered: publications.length, byAgency };
  }
});
