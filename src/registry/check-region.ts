import { agencyDefinition } from './agencies.ts';
import { check } from './check.ts';
import { officialDefinition } from './officials.ts';
import { FILES, type RegionFile, type Violation } from './parts.ts';
import { readHours, readList } from './records.ts';
import type { RegionDefinition } from './region.ts';
import { RULES } from './rules.ts';
import { settingsSchema } from './settings.ts';
import type { RegionSource } from './source.ts';
import { templateDefinition } from './templates.ts';

/** Checks what a region's files hold by every rule; files that cannot be read are left out. */
export function checkRegion(
  source: RegionSource,
  readable: (file: RegionFile) => boolean = () => true,
): { region: RegionDefinition; violations: [] } | { region: null; violations: Violation[] } {
  const settings = check(settingsSchema, source['region.yaml']);
  const officials = readList(source['officials.yaml'], officialDefinition);
  const agencies = readList(source['agencies.yaml'], agencyDefinition);
  const templates = readList(source['templates.yaml'], templateDefinition);
  const hours = readHours(source['hours.yaml']);

  const own: Record<RegionFile, { findings: Omit<Violation, 'file'>[] }> = {
    'region.yaml': settings,
    'officials.yaml': officials,
    'agencies.yaml': agencies,
    'hours.yaml': hours,
    'templates.yaml': templates,
  };
  const complete = new Set(
    FILES.filter((file) => readable(file) && own[file].findings.length === 0),
  );
  const parts = {
    settings: settings.data,
    officials: officials.entries,
    agencies: agencies.entries,
    templates: templates.entries,
    logins: readable('officials.yaml') ? loginsOf(source['officials.yaml']) : null,
    hours: readable('hours.yaml') ? new Set(Object.keys(source['hours.yaml'] ?? {})) : null,
    complete,
  };
  const violations = FILES.flatMap((file) => [
    ...(readable(file) ? own[file].findings.map((finding) => ({ file, ...finding })) : []),
    ...RULES.flatMap((rule) => rule(parts)).filter((violation) => violation.file === file),
  ]);
  if (violations.length > 0 || settings.data === null) return { region: null, violations };
  return {
    region: {
      settings: settings.data,
      officials: officials.entries.map(({ record }) => record),
      agencies: agencies.entries.map(({ record }) => record),
      hours: hours.hours,
      templates: templates.entries.map(({ record }) => record),
    },
    violations: [],
  };
}

function loginsOf(value: unknown): Set<string> {
  if (!Array.isArray(value)) return new Set();
  return new Set(value.map((record: unknown) => String((record as { login?: unknown })?.login)));
}
