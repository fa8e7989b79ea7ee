import { EntitySchema } from 'typeorm';
import type { RegionSettings } from '../../registry/settings.ts';

/** The region as a whole: one row. */
export interface Region {
  id: boolean;
  settings: RegionSettings;
}

export const RegionEntity = new EntitySchema<Region>({
  name: 'Region',
  tableName: 'region',
  columns: {
    id: { type: 'boolean', primary: true },
    settings: { type: 'jsonb' },
  },
});
