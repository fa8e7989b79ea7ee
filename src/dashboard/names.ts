import type { Tx } from '../db/data-source.ts';
import { networkNames } from '../procedure/card.ts';
import { regionSettings } from '../registry/queries.ts';
import { UNKNOWN } from './facts.ts';
import type { Scope } from './scope.ts';

type Names = Record<string, string>;

/** Codes as people read them; `agency` has those of the scope only. */
export interface DashboardNames {
  region: string;
  zone: string;
  agency: Names;
  network: Names;
  topic: Names;
  municipality: Names;
}

export async function dashboardNames(tx: Tx, scope: Scope): Promise<DashboardNames> {
  const { name, zone, topics, municipalities } = await regionSettings(tx);
  const agencies = await tx.query<{ code: string; name: string }[]>(
    `select code, short_name as name from agency
     where $1::text[] is null or code = any($1) order by short_name`,
    [scope.agencies],
  );
  return {
    region: name,
    zone,
    agency: named(agencies),
    network: networkNames,
    topic: { ...named(topics), [UNKNOWN]: 'Тема не указана' },
    municipality: { ...named(municipalities), [UNKNOWN]: 'Не определено' },
  };
}

const named = (list: readonly { code: string; name: string }[]): Names =>
  Object.fromEntries(list.map(({ code, name }) => [code, name]));
