import { plannedOnce } from '../db/client.ts';
import type { Tx } from '../db/data-source.ts';
import { AgencyEntity, type Agency } from '../db/entities/agency.ts';
import { OfficialEntity, type Official } from '../db/entities/official.ts';
import { rowOf } from '../db/row-of.ts';
import type { RegionSettings } from './settings.ts';

/** The registry as it stands. */
export interface Registry {
  /** Null as long as no region is imported. */
  settings: Readonly<RegionSettings> | null;
  /** By code, in the order of their short names; those that take no more messages are among them. */
  agencies: ReadonlyMap<string, Readonly<Agency>>;
  /** By login. */
  officials: ReadonlyMap<string, Readonly<Official>>;
}

interface Version {
  stamp: string;
  registry: Registry;
}

/** What each database had when it was last read. */
const lastRead = new WeakMap<object, Version>();

/** What is asked at once of one transaction is looked up once. */
const asked = new WeakMap<Tx, Promise<Registry>>();

/** The registry as `tx` sees it. It is read when somebody has changed it since, and kept. */
export function registryOf(tx: Tx): Promise<Registry> {
  const known = asked.get(tx);
  if (known !== undefined) return known;
  const registry = look(tx);
  asked.set(tx, registry);
  process.nextTick(() => asked.delete(tx));
  return registry;
}

const STAMP = plannedOnce('select stamp from registry_stamp');

async function look(tx: Tx): Promise<Registry> {
  const { dataSource } = tx;
  const [now] = await tx.query<{ stamp: string }[]>(STAMP, []);
  const last = lastRead.get(dataSource);
  if (last !== undefined && last.stamp === now?.stamp) return last.registry;
  const version = await read(tx);
  lastRead.set(dataSource, version);
  return version.registry;
}

/** One statement, so that everything is of one moment. */
async function read(tx: Tx): Promise<Version> {
  const [row] = await tx.query<
    {
      stamp: string;
      settings: RegionSettings | null;
      agencies: Record<string, unknown>[];
      officials: Record<string, unknown>[];
    }[]
  >(`select stamp, (select settings from region) as settings,
       (select coalesce(json_agg(it order by short_name), '[]') from agency it) as agencies,
       (select coalesce(json_agg(it), '[]') from official it) as officials
     from registry_stamp`);
  if (row === undefined) throw new Error('the registry has no stamp');
  const agencies = row.agencies.map((it) => rowOf(tx.getRepository(AgencyEntity), it));
  const officials = row.officials.map((it) => rowOf(tx.getRepository(OfficialEntity), it));
  return {
    stamp: row.stamp,
    registry: {
      settings: row.settings,
      agencies: new Map(agencies.map((agency) => [agency.code, agency])),
      officials: new Map(officials.map((official) => [official.login, official])),
    },
  };
}
