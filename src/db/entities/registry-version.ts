import { EntitySchema } from 'typeorm';
import type { Difference } from '../../registry/differences.ts';
import type { RegionSource } from '../../registry/source.ts';

/** The registry as it stood from an instant on, and what made it differ from the one before. */
export interface RegistryVersion {
  number: number;
  at: Date;
  source: 'files' | 'page';
  /** Of whoever changed it on the page; null: it was imported. */
  login: string | null;
  /** Who, as people read it. */
  subject: string;
  definition: RegionSource;
  changes: Difference[];
}

export const RegistryVersionEntity = new EntitySchema<RegistryVersion>({
  name: 'RegistryVersion',
  tableName: 'registry_version',
  columns: {
    number: { type: 'integer', primary: true, generated: 'increment' },
    at: { type: 'timestamptz' },
    source: { type: 'text' },
    login: { type: 'text', nullable: true },
    subject: { type: 'text' },
    definition: { type: 'jsonb' },
    changes: { type: 'jsonb' },
  },
});
