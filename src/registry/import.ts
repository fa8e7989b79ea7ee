import { In } from 'typeorm';
import type { Database, Tx } from '../db/data-source.ts';
import { AgencyEntity, type Agency } from '../db/entities/agency.ts';
import { OfficialEntity, type Official } from '../db/entities/official.ts';
import { RegionEntity } from '../db/entities/region.ts';
import { rowOrNull } from '../db/row-by.ts';
import { InputError } from '../errors.ts';
import { localTime } from '../procedure/local-time.ts';
import { compare, type Changes } from './changes.ts';
import { openWork } from './open-work.ts';
import type { RegionDefinition } from './region.ts';
import { agencyRows, officialRows } from './rows.ts';
import { seedTemplates } from './seed-templates.ts';
import { sourceOf } from './source.ts';
import { addVersion, FILES_AUTHOR, refuseLoss } from './versions.ts';

/** What an import did. An agency that is removed stays as a row that takes no more messages. */
export interface ImportReport {
  settings: 'added' | 'changed' | 'unchanged';
  agencies: Changes;
  /** `kept`: no longer in the files, but named by earlier work, so their rows stay. */
  officials: Changes & { kept: string[] };
  /** Codes of templates that were never there before; the others are the curator's. */
  templates: string[];
}

/**
 * Brings the database in line with a region's files, all or nothing. Work in hand keeps its
 * deadlines and its executors. What was changed on the page is not undone unless `overwrite` says so.
 * @throws InputError if an agency or an official that is to be removed has open work, naming it;
 * PageEdits if the files do not know what was changed on the page.
 */
export function importRegion(
  db: Database,
  region: RegionDefinition,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<ImportReport> {
  return db.transaction(async (tx) => {
    await lockRegistry(tx);
    if (!overwrite) await refuseLoss(tx, sourceOf(region));
    const report = await applyRegion(tx, region);
    await addVersion(tx, sourceOf(region), FILES_AUTHOR);
    return report;
  });
}

/** One change of the registry at a time. */
export const lockRegistry = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(51901)');

/**
 * Brings the rows of a registry that is locked in line with a region.
 * @throws InputError as `importRegion` does.
 */
export async function applyRegion(tx: Tx, region: RegionDefinition): Promise<ImportReport> {
  // locked, so that no new work comes to them between the check below and the commit; agencies
  // first, as foreign keys lock them, so that a handler at work and an import do not deadlock
  const agenciesNow = await tx.find(AgencyEntity, { lock: { mode: 'pessimistic_write' } });
  const officialsNow = await tx.find(OfficialEntity, { lock: { mode: 'pessimistic_write' } });

  const wantedOfficials = officialRows(region);
  const presentOfficials = byName(officialsNow, ({ login }) => login);
  const officials = compare(wantedOfficials, presentOfficials);
  const wantedAgencies = agencyRows(region);
  const active = agenciesNow.filter((agency) => agency.active);
  const agencies = compare(
    wantedAgencies,
    byName(active, ({ code }) => code),
  );

  const otherRole = officials.changed.filter(
    (login) => wantedOfficials.get(login)?.role !== presentOfficials.get(login)?.role,
  );
  await refuseOpenWork(tx, region.settings.zone, agencies.removed, [
    ...officials.removed,
    ...otherRole,
  ]);

  const settings = await saveSettings(tx, region);
  await saveOfficials(tx, pick(wantedOfficials, officials));
  await saveAgencies(tx, pick(wantedAgencies, agencies));
  await tx.update(
    AgencyEntity,
    { code: In(agencies.removed) },
    { active: false, isCurator: false, executor: null },
  );
  const removed: string[] = [];
  for (const login of officials.removed) if (await deleteOfficial(tx, login)) removed.push(login);
  const kept = officials.removed.filter((login) => !removed.includes(login));
  const templates = await seedTemplates(tx, region.templates);
  return { settings, agencies, officials: { ...officials, removed, kept }, templates };
}

async function refuseOpenWork(
  tx: Tx,
  zone: string,
  agencies: string[],
  officials: string[],
): Promise<void> {
  const work = await openWork(tx, agencies, officials);
  if (work.length === 0) return;
  const list = work.map(
    ({ agency, official, url, receivedAt }) =>
      `  ${agency} (${official}): ${url}, получено ${localTime(receivedAt, zone)}`,
  );
  throw new InputError(
    `Изменения не приняты: у исключаемых органов и должностных лиц есть незавершённая работа.\n` +
      `${list.join('\n')}\n` +
      `Завершите её или перенаправьте сообщения, затем повторите.`,
  );
}

async function saveSettings(
  tx: Tx,
  { settings }: RegionDefinition,
): Promise<'added' | 'changed' | 'unchanged'> {
  const present = await rowOrNull(tx, RegionEntity, { id: true });
  const { added, changed } = compare(
    new Map([['region', settings]]),
    new Map(present ? [['region', present.settings]] : []),
  );
  if (added.length + changed.length > 0)
    await tx.upsert(RegionEntity, { id: true, settings }, ['id']);
  return added.length > 0 ? 'added' : changed.length > 0 ? 'changed' : 'unchanged';
}

async function saveOfficials(tx: Tx, rows: Official[]): Promise<void> {
  if (rows.length > 0) await tx.upsert(OfficialEntity, rows, ['login']);
}

async function saveAgencies(tx: Tx, rows: Agency[]): Promise<void> {
  if (rows.length > 0) await tx.upsert(AgencyEntity, rows, ['code']);
}

/** Whether the official is gone; false if earlier work names them. */
async function deleteOfficial(tx: Tx, login: string): Promise<boolean> {
  try {
    await tx.transaction((savepoint) => savepoint.delete(OfficialEntity, { login }));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
}

const FOREIGN_KEY_VIOLATION = '23503';

const byName = <Row>(rows: Row[], name: (row: Row) => string): Map<string, Row> =>
  new Map(rows.map((row) => [name(row), row]));

/** The rows to write. */
const pick = <Row>(rows: ReadonlyMap<string, Row>, { added, changed }: Changes): Row[] =>
  [...rows]
    .filter(([name]) => added.includes(name) || changed.includes(name))
    .map(([, row]) => row);
