import type { WorkCalendar } from '../calendar/calendar.ts';
import type { Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import type { Official } from '../db/entities/official.ts';
import { InputError } from '../errors.ts';
import type { Calendars } from './calendars.ts';
import { registryOf } from './registry.ts';
import type { RegionSettings } from './settings.ts';

/** @throws InputError as long as no region is imported. */
export async function regionSettings(tx: Tx): Promise<Readonly<RegionSettings>> {
  const { settings } = await registryOf(tx);
  if (!settings) {
    throw new InputError(
      'регион не загружен; выполните: npm run -s otklik -- registry import ПАПКА',
    );
  }
  return settings;
}

/** An agency, also one that is no longer active; null if there never was one with this code. */
export async function agencyByCode(tx: Tx, code: string): Promise<Readonly<Agency> | null> {
  return (await registryOf(tx)).agencies.get(code) ?? null;
}

/** The agency that work was given to: once in the registry, it stays there. */
export async function agencyOf(tx: Tx, code: string): Promise<Readonly<Agency>> {
  const agency = await agencyByCode(tx, code);
  if (!agency) throw new Error(`there is no agency ${code}`);
  return agency;
}

/** The agencies that messages may be sent to, by short name. */
export async function activeAgencies(tx: Tx): Promise<Readonly<Agency>[]> {
  return [...(await registryOf(tx)).agencies.values()].filter(({ active }) => active);
}

/**
 * The agency that is the curator (clause 2).
 * @throws InputError as long as no region is imported.
 */
export async function curatorAgency(tx: Tx): Promise<Readonly<Agency>> {
  const agency = (await activeAgencies(tx)).find(({ isCurator }) => isCurator);
  if (!agency) throw new InputError('нет органа-куратора: регион не загружен');
  return agency;
}

export async function officialByLogin(tx: Tx, login: string): Promise<Readonly<Official> | null> {
  return (await registryOf(tx)).officials.get(login) ?? null;
}

/**
 * The working time of an agency.
 * @throws InputError for a code that no agency has or had.
 */
export async function calendarOf(
  tx: Tx,
  calendars: Calendars,
  agencyCode: string,
): Promise<WorkCalendar> {
  const agency = await agencyByCode(tx, agencyCode);
  if (!agency) throw new InputError(`нет органа с кодом «${agencyCode}»`);
  return calendars.of(agency.hours);
}
