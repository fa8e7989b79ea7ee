import type { AgencyDefinition } from './agencies.ts';
import type { Finding } from './fault.ts';
import type { OfficialDefinition } from './officials.ts';
import type { RegionSettings } from './settings.ts';
import type { TemplateDefinition } from './templates.ts';

export const FILES = [
  'region.yaml',
  'officials.yaml',
  'agencies.yaml',
  'hours.yaml',
  'templates.yaml',
] as const;
/** A region may do without. */
export const OPTIONAL: ReadonlySet<string> = new Set(['templates.yaml']);
export type RegionFile = (typeof FILES)[number];

/** A record and where it stands in its file. */
export interface Entry<T> {
  index: number;
  record: T;
}

/**
 * What could be read of a region. Rules look at it even when some records have faults of their own,
 * so that one check shows as many faults as possible and none that only follows from another.
 */
export interface RegionParts {
  /** null if `region.yaml` has faults. */
  settings: RegionSettings | null;
  officials: Entry<OfficialDefinition>[];
  agencies: Entry<AgencyDefinition>[];
  templates: Entry<TemplateDefinition>[];
  /** Names that stand in the files, also of records with faults; null if a file cannot be read. */
  logins: ReadonlySet<string> | null;
  hours: ReadonlySet<string> | null;
  /** Files of which every record could be read: only there it makes sense to count. */
  complete: ReadonlySet<RegionFile>;
}

export interface Violation extends Finding {
  file: RegionFile;
}

/** A rule over a whole region: the places where it is broken. */
export type Rule = (region: RegionParts) => Violation[];
