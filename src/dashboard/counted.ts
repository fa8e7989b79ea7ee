import type { Tx } from '../db/data-source.ts';
import type { Filters } from './filters.ts';
import { periodFigures, type PeriodFigures } from './period-figures.ts';
import type { Scope } from './scope.ts';

/** As `periodFigures`. */
export type CountedFigures = typeof periodFigures;

const MOST_KEPT = 500;

/**
 * The figures of periods, counted up once for all who look at the same until the daily figures change;
 * those that nobody has asked for longest are let go.
 */
export function createCountedFigures(): CountedFigures {
  const kept = new Map<string, Promise<PeriodFigures>>();
  let version = '';
  return async (tx, scope, filters) => {
    const current = await versionOf(tx);
    if (current !== version) kept.clear();
    version = current;
    const key = keyOf(scope, filters);
    const figures = kept.get(key) ?? periodFigures(tx, scope, filters);
    kept.delete(key);
    kept.set(key, figures);
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    figures.catch(() => kept.delete(key));
    return figures;
  };
}

const keyOf = (scope: Scope, { from, to, agency, network, topic, municipality }: Filters): string =>
  JSON.stringify([scope, from, to, agency, network, topic, municipality]);

async function versionOf(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ version: string }[]>('select version from figure_version');
  return row!.version;
}
