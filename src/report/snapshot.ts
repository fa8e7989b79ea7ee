import type { Tx } from '../db/data-source.ts';
import type { MonthlyRows, MonthlySnapshot } from '../procedure/monthly.ts';
import { officialByLogin, regionSettings } from '../registry/queries.ts';
import { closedMonths, findCorrections } from './corrections.ts';
import { computeFigures } from './figures.ts';
import { boundsOf, monthsBack } from './month.ts';
import { namesOf } from './names.ts';
import { monthlyRows } from './rows.ts';

/** All that the documents of a month are made of. */
export interface Compiled {
  snapshot: MonthlySnapshot;
  rows: MonthlyRows;
}

type Given = Pick<MonthlySnapshot, 'month' | 'preliminary'> & { at: Date };

/**
 * Reads everything that the documents of `month` tell, as it is known at `at` (clause 14). The caller's
 * transaction must be one of repeatable reads, so that rows and figures are of one moment.
 * @throws InputError as long as no region is imported.
 */
export async function takeSnapshot(tx: Tx, given: Given): Promise<Compiled> {
  const snapshot = await readSnapshot(tx, given);
  return { snapshot, rows: await readRows(tx, snapshot) };
}

/** What the document tells, and the workbook but for the rows. */
export async function readSnapshot(
  tx: Tx,
  { month, at, preliminary }: Given,
): Promise<MonthlySnapshot> {
  const settings = await regionSettings(tx);
  const names = namesOf(settings);
  const before = monthsBack(month, 1);
  const yearBefore = monthsBack(month, 12);
  const closed = await closedMonths(tx, month);
  const wanted = new Set([month, before, yearBefore, ...closed.map((report) => report.month)]);
  const figuresOf = await computeFigures(tx, [...wanted]);
  const ifAny = async (of: string) =>
    (await anythingBefore(tx, boundsOf(of, settings.zone).to)) ? figuresOf(of) : null;
  const postOf = async (login: string) => (await officialByLogin(tx, login))?.post ?? login;
  return {
    month,
    region: settings.name,
    zone: settings.zone,
    at: at.toISOString(),
    preliminary,
    figures: figuresOf(month),
    previous: await ifAny(before),
    yearBefore: await ifAny(yearBefore),
    names,
    addressee: await postOf(settings.informationPolicyDeputy),
    signer: await postOf(settings.departmentHead),
    corrections: await findCorrections(tx, closed, {
      month,
      at,
      zone: settings.zone,
      names,
      figuresOf,
    }),
  };
}

/** The rows that the figures of the month count. */
export function readRows(tx: Tx, { month, zone, names }: MonthlySnapshot): Promise<MonthlyRows> {
  const { from, to } = boundsOf(month, zone);
  return monthlyRows(tx, from, to, names);
}

/** A month at whose end nothing had been recorded yet is not held against another. */
async function anythingBefore(tx: Tx, at: Date): Promise<boolean> {
  const [row] = await tx.query<{ known: boolean }[]>(
    'select exists (select from message where detected_at < $1) as known',
    [at],
  );
  return row?.known === true;
}
