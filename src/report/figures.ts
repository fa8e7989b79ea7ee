import type { Tx } from '../db/data-source.ts';
import type { MonthlyFigures } from '../procedure/monthly.ts';
import { regionSettings } from '../registry/queries.ts';
import { agencyFigures } from './agency-figures.ts';
import { boundsOf } from './month.ts';
import { structureOf } from './structure.ts';

/**
 * The figures of a month (clause 14). Everything is counted by when it happened, in the region's
 * zone, so that the month gives the same figures whenever they are computed again. Messages are
 * those the curator took into work in the month, answered ones those answered in it.
 */
export async function computeFigures(tx: Tx, month: string): Promise<MonthlyFigures> {
  const { zone } = await regionSettings(tx);
  const { from, to } = boundsOf(month, zone);
  const { messages, structure } = await structureOf(tx, from, to);
  const [row] = await tx.query<{ answered: number }[]>(
    `select count(distinct message_id)::int as answered from publication
     where status = 'published' and published_at >= $1 and published_at < $2`,
    [from, to],
  );
  return {
    month,
    messages,
    answered: row?.answered ?? 0,
    byAgency: await agencyFigures(tx, from, to),
    structure,
  };
}
