import type { Tx } from '../db/data-source.ts';
import type { MonthlyFigures } from '../procedure/monthly.ts';
import { regionSettings } from '../registry/queries.ts';
import { agencyFigures } from './agency-figures.ts';
import { boundsOf } from './month.ts';
import { structureOf } from './structure.ts';

/**
 * The figures of months (clause 14), by month; several at once cost little more than one. Everything is
 * counted by when it happened, in the region's zone, so that a month gives the same figures whenever
 * they are computed again. Messages are those the curator took into work in the month, answered ones
 * those answered in it.
 */
export async function computeFigures(
  tx: Tx,
  months: readonly string[],
): Promise<(month: string) => MonthlyFigures> {
  const { zone } = await regionSettings(tx);
  const periods = months.map((month) => ({ month, ...boundsOf(month, zone) }));
  const byAgency = await agencyFigures(tx, periods);
  const figures = new Map<string, MonthlyFigures>();
  for (const { month, from, to } of periods) {
    const { messages, structure } = await structureOf(tx, from, to);
    const [row] = await tx.query<{ answered: number }[]>(
      `select count(distinct message_id)::int as answered from publication
       where status = 'published' and published_at >= $1 and published_at < $2`,
      [from, to],
    );
    figures.set(month, {
      month,
      messages,
      answered: row?.answered ?? 0,
      byAgency: byAgency(month),
      structure,
    });
  }
  return (month) => {
    const found = figures.get(month);
    if (!found) throw new Error(`the figures of ${month} were not computed`);
    return found;
  };
}
