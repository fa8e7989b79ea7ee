import { expect } from 'chai';
import { DateTime } from 'luxon';
import { answer, drafted, msk, openStage, type Stage } from '../../test/stage.ts';
import { AgencyEntity } from '../db/entities/agency.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { ReturnRequestEntity } from '../db/entities/return-request.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { databaseNow } from '../db/now.ts';
import { generateMessages } from '../generate/generate.ts';
import { bucketOf, type Filters } from './filters.ts';
import { nowFigures } from './now-figures.ts';
import { periodFigures, type Figures } from './period-figures.ts';
import { refreshFigures } from './refresh.ts';
import type { Scope } from './scope.ts';

const ZONE = 'Europe/Moscow';
const ALL: Scope = { key: '*', agencies: null };

describe('The dashboard’s figures', () => {
  let stage: Stage;
  let rows: Awaited<ReturnType<typeof load>>;
  before(async () => {
    stage = await openStage();
    const now = msk('2026-11-24T17:30');
    await generateMessages(stage.db, stage.calendars, { messages: 1_500, seed: 11, now });
    await refreshFigures(stage);
    rows = await load(stage);
  });
  after(() => stage.close());

  const social = (): Scope => ({
    key: '@vice-social',
    agencies: rows.agencies
      .filter(({ supervisor }) => supervisor === 'vice-social')
      .map(({ code }) => code),
  });
  const MONTH: Filters = { from: '2026-10-16', to: '2026-11-15' };
  const CASES: [string, () => Scope, Filters][] = [
    ['of everything', () => ALL, MONTH],
    ['of a single day', () => ALL, { from: '2026-11-17', to: '2026-11-17' }],
    ['of three months, by week', () => ALL, { from: '2026-08-24', to: '2026-11-24' }],
    ['of a year, by month', () => ALL, { from: '2025-12-01', to: '2026-11-30' }],
    ['of an agency', () => ({ key: 'minzhkh', agencies: ['minzhkh'] }), MONTH],
    ['of a deputy governor', social, MONTH],
    ['of a network', () => ALL, { ...MONTH, network: 'ok' }],
    ['of a topic', () => ALL, { ...MONTH, topic: 'roads' }],
    ['of what has no municipality', () => ALL, { ...MONTH, municipality: 'unknown' }],
    ['of a topic in a network', social, { ...MONTH, network: 'vk', topic: 'health' }],
    [
      'of a topic in a network and a municipality',
      () => ALL,
      { ...MONTH, network: 'vk', topic: 'roads', municipality: 'smolensk' },
    ],
    ['of days before everything', () => ALL, { from: '2020-01-01', to: '2020-01-31' }],
  ];
  for (const [name, scopeOf, filters] of CASES) {
    it(`${name} are what plain loops over the rows give (clauses 5, 6, 8, 9)`, async () => {
      const scope = scopeOf();
      const found = await periodFigures(stage.db.manager, scope, filters);
      const count = (own: readonly string[] | null, keep: (message: Message) => boolean) =>
        countUp(stage, rows, own, filters, keep);
      expect(found.total).to.deep.equal(count(scope.agencies, () => true));
      for (const { code, ...figures } of found.agency) {
        expect(figures, code).to.deep.equal(count([code], () => true));
      }
      for (const field of ['network', 'topic', 'municipality'] as const) {
        for (const { code, ...figures } of found[field]) {
          const keep = (message: Message) => (message[field] ?? 'unknown') === code;
          expect(count(scope.agencies, keep), code).to.deep.include(figures);
        }
        expect(sum(found[field])).to.equal(found.total.received);
      }
      expect(found.bucket).to.equal(bucketOf(filters));
      expect(sum(found.trend)).to.equal(found.total.received);
      const unit = found.bucket;
      for (const { start, ...figures } of found.trend.slice(0, 6)) {
        const from = DateTime.fromISO(start);
        const days = {
          from: start < filters.from ? filters.from : start,
          to:
            from
              .plus({ [unit]: 1 })
              .minus({ days: 1 })
              .toISODate() ?? '',
        };
        if (days.to > filters.to) days.to = filters.to;
        const expected = countUp(stage, rows, scope.agencies, { ...filters, ...days }, () => true);
        expect(figures, start).to.deep.equal(expected);
      }
    });
  }

  it('have something of everything to count', () => {
    const total = countUp(stage, rows, null, MONTH, () => true);
    for (const [name, value] of Object.entries(total)) expect(value, name).to.be.greaterThan(0);
  });

  it('of this moment are what plain loops give, by the database’s clock', async () => {
    await stage.db.query(
      `update deadline set due_at = now() + (('x' || substr(md5(id::text), 1, 3))::bit(12)::int - 2000)
         * interval '3 seconds'
       where stopped_at is null`,
    );
    rows = await load(stage);
    for (const scope of [ALL, social(), { key: 'mintrans', agencies: ['mintrans'] }]) {
      for (const filters of [{}, { network: 'vk' }]) {
        await stage.db.transaction(async (tx) => {
          const now = await databaseNow(tx);
          const found = await nowFigures(tx, scope, filters, ZONE);
          expect(found).to.deep.equal(countNow(rows, scope.agencies, filters, now));
        });
      }
    }
    const { overdue, soon } = await nowFigures(stage.db.manager, ALL, {}, ZONE);
    expect([overdue > 0, soon > 0]).to.deep.equal([true, true]);
  });

  it('follow what changes: a day is counted anew when something of it changed', async () => {
    const day: Filters = { from: '2026-11-16', to: '2026-11-16' };
    const figures = () => periodFigures(stage.db.manager, ALL, day);
    const was = await figures();
    expect(await refreshFigures(stage)).to.be.lessThan(40);
    expect(await refreshFigures(stage)).to.equal(0);
    await stage.db.query(
      `update message set topic = 'other' where id in (
         select message_id from assignment
         where (received_at at time zone '${ZONE}')::date = '2026-11-16')`,
    );
    expect(await refreshFigures(stage)).to.be.greaterThan(0);
    const is = await figures();
    expect(is.total).to.deep.equal(was.total);
    const other = is.topic.find(({ code }) => code === 'other');
    expect(other?.received).to.equal(was.total.received);
  });

  it('of a long period follow what changes in a month long over', async () => {
    const year: Filters = { from: '2025-12-01', to: '2026-11-30' };
    const months = () =>
      stage.db.query<object[]>('select distinct month from figure_month order by 1');
    await refreshFigures(stage);
    const before = await months();
    expect(before).to.have.length.greaterThan(2);
    await stage.db.query(
      `update message set topic = 'health' where id in (
         select message_id from assignment
         where (received_at at time zone '${ZONE}')::date between '2026-09-07' and '2026-09-11')`,
    );
    await refreshFigures(stage);
    expect(await months()).to.deep.equal(before);
    rows = await load(stage);
    const { topic } = await periodFigures(stage.db.manager, ALL, year);
    const health = topic.find(({ code }) => code === 'health');
    const expected = countUp(stage, rows, null, { ...year, topic: 'health' }, () => true);
    expect({ ...expected, code: 'health' }).to.deep.include(health!);
  });

  it('follow the registry: an agency that changes its deputy governor takes its past along', async () => {
    await stage.db.query(
      `update agency set supervisor = 'vice-policy' where code in ('minzdrav', 'minobr')`,
    );
    await refreshFigures(stage);
    rows = await load(stage);
    const scope = social();
    const { total } = await periodFigures(stage.db.manager, scope, MONTH);
    expect(total).to.deep.equal(countUp(stage, rows, scope.agencies, MONTH, () => true));
  });

  it('count an answer under a repeat for those who answered its original', async () => {
    const [original] = await stage.db.query<{ id: string; agency: string }[]>(
      `select m.id, min(a.agency_code) as agency from message m
       join assignment a on a.message_id = m.id and a.status = 'drafted'
       where m.status = 'answered' group by m.id having count(*) = 1 limit 1`,
    );
    const repeat = await drafted(
      stage.db,
      {},
      { status: 'answered', duplicateOf: original!.id, publishedAt: msk('2026-11-13T09:00') },
    );
    const answerId = await answer(stage.db, repeat.messageId);
    const scope = { key: original!.agency, agencies: [original!.agency] };
    const count = async () => (await periodFigures(stage.db.manager, scope, MONTH)).total.answered;
    const was = await count();
    await stage.db.getRepository(PublicationEntity).insert({
      id: answerId,
      messageId: repeat.messageId,
      answerId,
      guid: answerId,
      status: 'published',
      reservedAt: msk('2026-11-13T12:00'),
      publishedAt: msk('2026-11-13T12:00'),
    });
    await refreshFigures(stage);
    expect(await count()).to.equal(was + 1);
  });
});

const sum = (shares: { received: number }[]) =>
  shares.reduce((all, { received }) => all + received, 0);

async function load({ db }: Stage) {
  const messages = await db.getRepository(MessageEntity).find();
  const assignments = await db.getRepository(AssignmentEntity).find();
  const byMessage = new Map<string, Assignment[]>();
  for (const it of assignments) {
    byMessage.set(it.messageId, [...(byMessage.get(it.messageId) ?? []), it]);
  }
  return {
    messages: new Map(messages.map((message) => [message.id, message])),
    assignments,
    ofMessage: (messageId: string) => byMessage.get(messageId) ?? [],
    deadlines: await db.getRepository(DeadlineEntity).find(),
    drafts: await db.getRepository(DraftEntity).find(),
    returns: await db.getRepository(ReturnRequestEntity).find(),
    publications: await db.getRepository(PublicationEntity).find(),
    shortcomings: await db.getRepository(ShortcomingEntity).find(),
    agencies: await db.getRepository(AgencyEntity).find(),
  };
}
type Rows = Awaited<ReturnType<typeof load>>;

function fits(filters: Partial<Filters>, message: Message): boolean {
  return (['network', 'topic', 'municipality'] as const).every(
    (field) => filters[field] === undefined || (message[field] ?? 'unknown') === filters[field],
  );
}

function countUp(
  { calendars }: Stage,
  rows: Rows,
  own: readonly string[] | null,
  filters: Filters,
  keep: (message: Message) => boolean,
): Figures {
  // Moscow's clock is three hours ahead all year.
  const dayOf = (at: Date) => new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
  const counted = (at: Date | null, messageId: string) => {
    const message = rows.messages.get(messageId)!;
    const day = at && dayOf(at);
    return (
      day !== null &&
      day >= filters.from &&
      day <= filters.to &&
      fits(filters, message) &&
      keep(message)
    );
  };
  const ours = (agency: string) => own === null || own.includes(agency);
  const byId = new Map(rows.assignments.map((it) => [it.id, it]));
  const drafted = new Set(rows.drafts.map(({ assignmentId }) => assignmentId));
  const took = (messageId: string) =>
    rows.ofMessage(messageId).filter(({ status }) => status === 'drafted');
  const ourAnswer = (messageId: string) => took(messageId).some((it) => ours(it.agencyCode));
  const decided = (kind: string) =>
    rows.deadlines.filter(
      (it) =>
        it.kind === kind &&
        counted(it.missedAt ?? it.stoppedAt, it.messageId) &&
        (kind === 'review' ? ourAnswer(it.messageId) : ours(it.agencyCode)) &&
        (kind !== 'draft' || it.missedAt !== null || drafted.has(it.assignmentId!)),
    );
  const returns = rows.returns.filter(({ assignmentId, returnedAt }) => {
    const { messageId, agencyCode } = byId.get(assignmentId)!;
    return counted(returnedAt, messageId) && ours(agencyCode);
  });
  const answers = rows.publications.filter(
    (it) =>
      it.status === 'published' && counted(it.publishedAt, it.messageId) && ourAnswer(it.messageId),
  );
  const hours = new Map(rows.agencies.map((it) => [it.code, it.hours]));
  const minutes = answers
    .map(({ messageId, publishedAt }) => {
      const [first] = took(messageId).sort(
        (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1),
      );
      const calendar = calendars.of(hours.get(first!.agencyCode)!);
      const [from, to] = [first!.receivedAt, publishedAt!].map((at) => DateTime.fromJSDate(at));
      return Math.ceil(calendar.elapsed(from!, to!).as('minutes'));
    })
    .sort((a, b) => a - b);
  const percentile = (part: number) => minutes[Math.ceil(minutes.length * part) - 1] ?? null;
  const late = (list: { missedAt: Date | null }[]) =>
    list.filter(({ missedAt }) => missedAt !== null).length;
  const [six, eight, nine] = [decided('draft'), decided('review'), decided('rework')];
  return {
    received: rows.assignments.filter(
      (it) => counted(it.receivedAt, it.messageId) && ours(it.agencyCode),
    ).length,
    answered: answers.length,
    returns: returns.length,
    returnsLate: returns.filter((it) => it.late).length,
    rework: rows.deadlines.filter(
      (it) => it.kind === 'rework' && counted(it.startedAt, it.messageId) && ours(it.agencyCode),
    ).length,
    shortcomings: rows.shortcomings.filter(
      (it) => counted(it.openedAt, it.messageId) && ours(it.agencyCode),
    ).length,
    clause6: six.length,
    clause6Late: late(six),
    clause8: eight.length,
    clause8Late: late(eight),
    clause9: nine.length,
    clause9Late: late(nine),
    median: percentile(0.5),
    ninetieth: percentile(0.9),
  };
}

function countNow(rows: Rows, own: readonly string[] | null, filters: Partial<Filters>, now: Date) {
  const ours = (agency: string) => own === null || own.includes(agency);
  const of = (messageId: string, statuses: string[]) =>
    own === null ||
    rows
      .ofMessage(messageId)
      .some(({ status, agencyCode }) => statuses.includes(status) && ours(agencyCode));
  const due = new Map<string, number>();
  for (const it of rows.deadlines) {
    if (it.stoppedAt !== null || !['draft', 'review', 'rework'].includes(it.kind)) continue;
    if (!fits(filters, rows.messages.get(it.messageId)!)) continue;
    if (it.kind === 'review' ? !of(it.messageId, ['drafted']) : !ours(it.agencyCode)) continue;
    due.set(it.messageId, Math.min(due.get(it.messageId) ?? Infinity, it.dueAt.getTime()));
  }
  const at = now.getTime();
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day').toMillis();
  return {
    inWork: [...rows.messages.values()].filter(
      (it) =>
        ['detected', 'triage', 'assigned', 'review'].includes(it.status) &&
        fits(filters, it) &&
        of(it.id, ['open', 'drafted']),
    ).length,
    overdue: [...due.values()].filter((it) => it <= at).length,
    soon: [...due.values()].filter((it) => it > at && it <= at + 3_600_000).length,
    answeredToday: rows.publications.filter(
      ({ status, publishedAt, messageId }) =>
        status === 'published' &&
        publishedAt !== null &&
        publishedAt.getTime() >= today &&
        publishedAt.getTime() <= at &&
        fits(filters, rows.messages.get(messageId)!) &&
        of(messageId, ['drafted']),
    ).length,
  };
}
