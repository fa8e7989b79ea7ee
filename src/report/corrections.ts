import type { Tx } from '../db/data-source.ts';
import { MonthlyCorrectionEntity } from '../db/entities/monthly-correction.ts';
import { MonthlyReportEntity, type MonthlyReport } from '../db/entities/monthly-report.ts';
import type { MonthlyCorrection, MonthlyFigures, MonthlySnapshot } from '../procedure/monthly.ts';
import { changedFacts } from './changed-facts.ts';
import { flatFigures } from './flat-figures.ts';
import { boundsOf, monthsBack } from './month.ts';
import { monthlyRows, unpackRows } from './rows.ts';

/** How many months back late facts are looked for: a year and the month before it. */
const LOOKED_BACK = 13;

interface Now {
  /** The month whose document will show them. */
  month: string;
  at: Date;
  zone: string;
  names: MonthlySnapshot['names'];
  /** Of each closed month, as they are known now. */
  figuresOf: (month: string) => MonthlyFigures;
}

/** The closed months before `month` in which late facts are looked for. */
export const closedMonths = (tx: Tx, month: string): Promise<MonthlyReport[]> =>
  tx
    .createQueryBuilder(MonthlyReportEntity, 'report')
    .where('month < :month and month >= :first and status <> :compiled', {
      month,
      first: monthsBack(month, LOOKED_BACK),
      compiled: 'compiled',
    })
    .orderBy('month')
    .getMany();

/**
 * What has changed in closed months since their snapshots and the corrections shown already: facts that
 * came or changed after a month was closed go here and never into its own document (clause 14).
 */
export async function findCorrections(
  tx: Tx,
  closed: readonly MonthlyReport[],
  now: Now,
): Promise<MonthlyCorrection[]> {
  const found: MonthlyCorrection[] = [];
  for (const report of closed) found.push(...(await correctionsOf(tx, report, now)));
  return found;
}

async function correctionsOf(
  tx: Tx,
  report: MonthlyReport,
  { month: shownIn, at, zone, names, figuresOf }: Now,
): Promise<MonthlyCorrection[]> {
  const { month } = report;
  const known = flatFigures(report.snapshot.figures, report.snapshot.names);
  const told = new Map<string, Set<string>>();
  const earlier = await tx
    .createQueryBuilder(MonthlyCorrectionEntity, 'correction')
    .where('month = :month and shown_in < :shownIn', { month, shownIn })
    .orderBy('shown_in')
    .getMany();
  for (const { figure, name, after, facts } of earlier) {
    known.set(figure, { name, value: Number(after) });
    told.set(figure, new Set([...(told.get(figure) ?? []), ...facts]));
  }
  const current = flatFigures(figuresOf(month), names);
  const changed = [...new Set([...known.keys(), ...current.keys()])].filter(
    (figure) => (known.get(figure)?.value ?? 0) !== (current.get(figure)?.value ?? 0),
  );
  if (changed.length === 0) return [];
  const { from, to } = boundsOf(month, zone);
  const then = await unpackRows(report.rows);
  const today = await monthlyRows(tx, from, to, names);
  return changed.map((figure) => ({
    month,
    figure,
    name: (current.get(figure) ?? known.get(figure))?.name ?? figure,
    before: known.get(figure)?.value ?? 0,
    after: current.get(figure)?.value ?? 0,
    facts: changedFacts(figure, then, today, { zone, names }).filter(
      (fact) => !told.get(figure)?.has(fact),
    ),
    foundAt: at.toISOString(),
  }));
}

/** Keeps the corrections that the document of a month shows, in place of those it showed before. */
export async function keepCorrections(tx: Tx, { month, corrections }: MonthlySnapshot) {
  await tx.delete(MonthlyCorrectionEntity, { shownIn: month });
  if (corrections.length === 0) return;
  await tx.insert(
    MonthlyCorrectionEntity,
    corrections.map(({ before, after, foundAt, ...correction }) => ({
      ...correction,
      shownIn: month,
      before: String(before),
      after: String(after),
      foundAt: new Date(foundAt),
    })),
  );
}
