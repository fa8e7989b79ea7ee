import type { Tx } from '../db/data-source.ts';
import type { Filters } from './filters.ts';
import type { Counts, KeptMonths } from './parts.ts';
import { periodCounts, periodFigures, type PeriodFigures } from './period-figures.ts';
import type { Scope } from './scope.ts';

/** Figures of periods, and the counts alone. */
export interface CountedFigures {
  figures: (tx: Tx, scope: Scope, filters: Filters) => Promise<PeriodFigures>;
  counts: (tx: Tx, scope: Scope, filters: Filters) => Promise<Counts>;
}

const MOST_KEPT = 500;

/**
 * The figures of periods, counted up once for all who look at the same until the daily figures change;
 * then only the days and those months anew in which something did. Those that nobody has asked for
 * longest are let go.
 */
export function createCountedFigures(): CountedFigures {
  const kept = new Map<string, Promise<PeriodFigures>>();
  const months: KeptMonths = new Map();
  let version = '';
  const figures: CountedFigures['figures'] = async (tx, scope, filters) => {
    const current = await versionOf(tx);
    if (current !== version) kept.clear();
    version = current;
    const key = keyOf(scope, filters);
    const counting = kept.get(key) ?? periodFigures(tx, scope, filters, months);
    kept.delete(key);
    kept.set(key, counting);
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    counting.catch(() => kept.delete(key));
    return counting;
  };
  return {
    figures,
    counts: (tx, scope, filters) => periodCounts(tx, scope, filters, months),
  };
}

const keyOf = (scope: Scope, { from, to, agency, network, topic, municipality }: Filters): string =>
  JSON.stringify([scope, from, to, agency, network, topic, municipality]);

async function versionOf(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ version: string }[]>('select version from figure_version');
  return row!.version;
}
