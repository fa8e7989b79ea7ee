import type { CalendarDefinition } from '../calendar/definition.ts';
import { InputError } from '../errors.ts';
import type { AgencyDefinition } from './agencies.ts';
import { DEFAULT_HOURS } from './hours.ts';
import type { OfficialDefinition } from './officials.ts';
import type { RegionSettings } from './settings.ts';
import type { TemplateDefinition } from './templates.ts';

/** A region as its folder gives it, checked by every rule. */
export interface RegionDefinition {
  settings: RegionSettings;
  officials: OfficialDefinition[];
  agencies: AgencyDefinition[];
  /** By name; `default` is always there. */
  hours: Record<string, CalendarDefinition>;
  /** Of answers, to begin with. */
  templates: TemplateDefinition[];
}

/**
 * The working hours of an agency; null stands for those of an agency that names none.
 * @throws InputError for an unknown code, naming the known ones.
 */
export function hoursOf(region: RegionDefinition, agencyCode: string | null): CalendarDefinition {
  const agency = region.agencies.find(({ code }) => code === agencyCode);
  if (agencyCode !== null && !agency) {
    const known = region.agencies.map(({ code }) => code).join(', ');
    throw new InputError(`нет органа с кодом «${agencyCode}»; допустимо: ${known}`);
  }
  const hours = region.hours[agency?.hours ?? DEFAULT_HOURS];
  if (!hours) throw new Error('hours that no rule checked');
  return hours;
}
