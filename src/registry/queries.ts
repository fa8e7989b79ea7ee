import type { WorkCalendar } from '../calendar/calendar.ts';
import type { Tx } from '../db/data-source.ts';
import { AgencyEntity, type Agency } from '../db/entities/agency.ts';
import { OfficialEntity, type Official } from '../db/entities/official.ts';
import { RegionEntity } from '../db/entities/region.ts';
import { InputError } from '../errors.ts';
import type { Calendars } from './calendars.ts';
import type { RegionSettings } from './settings.ts';

/** @throws InputError as long as no region is imported. */
export async function regionSettings(tx: Tx): Promise<RegionSettings> {
  const region = await tx.findOneBy(RegionEntity, { id: true });
  if (!region) {
    throw new InputError(
      'регион не загружен; выполните: npm run -s otklik -- registry import ПАПКА',
    );
  }
  return region.settings;
}

/** An agency, also one that is no longer active; null if there never was one with this code. */
export function agencyByCode(tx: Tx, code: string): Promise<Agency | null> {
  return tx.findOneBy(AgencyEntity, { code });
}

/** The agencies that messages may be sent to, by short name. */
export function activeAgencies(tx: Tx): Promise<Agency[]> {
  return tx.find(AgencyEntity, { where: { active: true }, order: { shortName: 'ASC' } });
}

/**
 * The agency that is the curator (clause 2).
 * @throws InputError as long as no region is imported.
 */
export async function curatorAgency(tx: Tx): Promise<Agency> {
  const agency = await tx.findOneBy(AgencyEntity, { isCurator: true, active: true });
  if (!agency) throw new InputError('нет органа-куратора: регион не загружен');
  return agency;
}

export function officialByLogin(tx: Tx, login: string): Promise<Official | null> {
  return tx.findOneBy(OfficialEntity, { login });
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
