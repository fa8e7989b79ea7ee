import type { Agency } from '../db/entities/agency.ts';
import type { Official } from '../db/entities/official.ts';
import { hoursOf, type RegionDefinition } from './region.ts';

/** The region's officials as rows of the database, by login. */
export function officialRows({ officials }: RegionDefinition): Map<string, Official> {
  return new Map(officials.map((official) => [official.login, official]));
}

/** The region's agencies as rows of the database, by code. */
export function agencyRows(region: RegionDefinition): Map<string, Agency> {
  const rows = region.agencies.map(({ channel, curator, ...agency }): Agency => ({
    ...agency,
    channelKind: channel.kind,
    channelAddress: channel.address,
    hours: hoursOf(region, agency.code),
    isCurator: curator,
    active: true,
  }));
  return new Map(rows.map((row) => [row.code, row]));
}
