import { EntitySchema } from 'typeorm';
import type { Role } from '../../access/principal.ts';

/** A program's access to the HTTP interface. The secret itself is kept nowhere. */
export interface ApiToken {
  id: number;
  name: string;
  role: Role;
  /** Null: all of them. */
  agencies: string[] | null;
  /** SHA-256 of the secret, hexadecimal. */
  secretHash: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export const ApiTokenEntity = new EntitySchema<ApiToken>({
  name: 'ApiToken',
  tableName: 'api_token',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    name: { type: 'text' },
    role: { type: 'text' },
    agencies: { type: 'jsonb', nullable: true },
    secretHash: { type: 'text' },
    createdAt: { type: 'timestamptz' },
    expiresAt: { type: 'timestamptz' },
    lastUsedAt: { type: 'timestamptz', nullable: true },
    revokedAt: { type: 'timestamptz', nullable: true },
  },
});
