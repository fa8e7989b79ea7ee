import { EntitySchema } from 'typeorm';
import type { CalendarDefinition } from '../../calendar/definition.ts';

/** An executive body with a field of competence. */
export interface Agency {
  code: string;
  name: string;
  shortName: string;
  competence: string;
  executor: string | null;
  supervisor: string;
  channelKind: 'email' | 'webhook';
  channelAddress: string;
  hours: CalendarDefinition;
  isCurator: boolean;
  active: boolean;
}

export const AgencyEntity = new EntitySchema<Agency>({
  name: 'Agency',
  tableName: 'agency',
  columns: {
    code: { type: 'text', primary: true },
    name: { type: 'text' },
    shortName: { type: 'text' },
    competence: { type: 'text' },
    executor: { type: 'text', nullable: true },
    supervisor: { type: 'text' },
    channelKind: { type: 'text' },
    channelAddress: { type: 'text' },
    hours: { type: 'jsonb' },
    isCurator: { type: 'boolean' },
    active: { type: 'boolean' },
  },
});
