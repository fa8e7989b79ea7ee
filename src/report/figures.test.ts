import { join } from 'node:path';
import { expect } from 'chai';
import { AgencyEntity } from '../db/entities/agency.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import type { AgencyFigures, MonthlyFigures } from '../procedure/monthly.ts';
import { importRegion } from '../registry/import.ts';
import { regionIn } from '../registry/load.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { haveWork, type WorkRows } from '../../test/work.ts';
import { computeFigures } from './figures.ts';

const DEMO = join(import.meta.dirname, '..', '..', 'region', 'smolensk');
const MONTH = '2026-10';
// Midnight in Moscow, spelled out.
const FROM = Date.parse('2026-10-01T00:00:00+03:00');
const TO = Date.parse('2026-11-01T00:00:00+03:00');

describe('The figures of a month (clause 14)', () => {
  let database: TestDatabase;
  let rows: WorkRows;
  let figures: MonthlyFigures;

  before(async () => {
    database = await testDatabase();
    await importRegion(database.db, await regionIn(DEMO));
    rows = await haveWork(database, [FROM, TO], 240);
    figures = await figuresOf(MONTH);
  });
  after(() => database.close());

  const figuresOf = async (month: string): Promise<MonthlyFigures> =>
    (await computeFigures(database.db.manager, ['2026-09', month]))(month);

  it('are what plain loops over the rows give', async () => {
    const agencies = await database.db.getRepository(AgencyEntity).find();
    const counted = new Map(agencies.map(({ code }) => [code, countAgency(rows, code)]));
    for (const row of figures.byAgency) {
      expect(row, row.agency).to.deep.include(counted.get(row.agency));
      counted.delete(row.agency);
    }
    expect(new Set([...counted.keys()])).to.deep.equal(new Set(['vnutrpolitika']));

    const taken = rows.messages.filter(
      ({ triagedAt, status }) =>
        inMonth(triagedAt) && !['not-relevant', 'duplicate'].includes(status),
    );
    expect(figures.messages).to.equal(taken.length);
    for (const field of ['topic', 'network', 'municipality'] as const) {
      expect(figures.structure[field]).to.deep.equal(tally(taken.map((message) => message[field])));
    }
    expect(figures.structure.kind).to.deep.equal(
      tally(taken.map(({ subjectKind }) => subjectKind)),
    );
    expect(figures.answered).to.equal(
      rows.publications.filter(
        ({ status, publishedAt }) => status === 'published' && inMonth(publishedAt),
      ).length,
    );
  });

  it('cover every figure with something', () => {
    for (const field of [
      'received',
      'answered',
      'inTime',
      'late',
      'returns',
      'lateReturns',
      'acceptedReturns',
      'latenessMs',
      'longestLatenessMs',
      'outstanding',
      'reworkRounds',
      'shortcomings',
      'instructions',
      'measures',
    ] as const) {
      expect(
        figures.byAgency.some((row) => row[field] > 0),
        field,
      ).to.equal(true);
    }
  });

  it('take the first instant of the month in and leave the first of the next out', async () => {
    const [any] = rows.assignments;
    if (!any) throw new Error('no assignment');
    const receivedAt = async (at: number): Promise<number> => {
      await database.db
        .getRepository(AssignmentEntity)
        .update({ id: any.id }, { receivedAt: new Date(at) });
      const { byAgency } = await figuresOf(MONTH);
      return byAgency.find(({ agency }) => agency === any.agencyCode)?.received ?? 0;
    };
    const without = await receivedAt(FROM - 1);
    expect(await receivedAt(FROM)).to.equal(without + 1);
    expect(await receivedAt(TO - 1)).to.equal(without + 1);
    expect(await receivedAt(TO)).to.equal(without);
  });

  it('of a month without messages are zero for every agency', async () => {
    const empty = await figuresOf('2020-02');
    expect(empty).to.include({ messages: 0, answered: 0 });
    expect(empty.byAgency).to.have.length(19);
    expect(empty.byAgency.every(({ received, late }) => received + late === 0)).to.equal(true);
  });
});

const inMonth = (at: Date | null): boolean =>
  at !== null && at.getTime() >= FROM && at.getTime() < TO;

function tally(codes: (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code ?? 'unknown'] = (counts[code ?? 'unknown'] ?? 0) + 1;
  return counts;
}

function countAgency(
  rows: WorkRows,
  code: string,
): Omit<AgencyFigures, 'agency' | 'name' | 'shortName'> {
  const counts = {
    received: 0,
    answered: 0,
    inTime: 0,
    latenessMs: 0,
    longestLatenessMs: 0,
    late: 0,
    outstanding: 0,
    returns: 0,
    lateReturns: 0,
    acceptedReturns: 0,
    reworkRounds: 0,
    shortcomings: 0,
    instructions: 0,
    measures: 0,
  };
  for (const assignment of rows.assignments) {
    if (assignment.agencyCode !== code) continue;
    if (inMonth(assignment.receivedAt)) counts.received++;
    for (const draft of rows.drafts) {
      if (draft.assignmentId !== assignment.id || draft.version !== 1) continue;
      if (!inMonth(draft.submittedAt)) continue;
      counts.answered++;
      const clock = rows.deadlines.find(
        ({ assignmentId, kind }) => assignmentId === assignment.id && kind === 'draft',
      );
      const lateness = draft.submittedAt.getTime() - (clock?.dueAt.getTime() ?? Infinity);
      if (lateness <= 0) counts.inTime++;
      else {
        counts.latenessMs += lateness;
        counts.longestLatenessMs = Math.max(counts.longestLatenessMs, lateness);
      }
    }
    for (const request of rows.returns) {
      if (request.assignmentId !== assignment.id || !inMonth(request.returnedAt)) continue;
      counts.returns++;
      if (request.late) counts.lateReturns++;
      if (request.decision === 'redirect' || request.decision === 'drop') counts.acceptedReturns++;
    }
  }
  for (const { agencyCode, kind, missedAt, startedAt, stoppedAt } of rows.deadlines) {
    if (agencyCode !== code) continue;
    if (kind === 'draft' && inMonth(missedAt)) {
      counts.late++;
      if (stoppedAt === null || stoppedAt.getTime() >= TO) counts.outstanding++;
    }
    if (kind === 'rework' && inMonth(startedAt)) counts.reworkRounds++;
  }
  for (const { agencyCode, openedAt, decision, decidedAt } of rows.shortcomings) {
    if (agencyCode !== code) continue;
    if (inMonth(openedAt) && decision !== 'unfounded') counts.shortcomings++;
    if (inMonth(decidedAt) && decision === 'instruction') counts.instructions++;
    if (inMonth(decidedAt) && decision === 'measure') counts.measures++;
  }
  return counts;
}
