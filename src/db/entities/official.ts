import { EntitySchema } from 'typeorm';

/** An official by post: a curator, an executor, a deputy governor and so on (clauses 3, 13-15). */
export interface Official {
  login: string;
  post: string;
  rank: string;
  role: 'executor' | 'curator' | 'department-head' | 'deputy-governor' | 'governor';
  email: string | null;
}

export const OfficialEntity = new EntitySchema<Official>({
  name: 'Official',
  tableName: 'official',
  columns: {
    login: { type: 'text', primary: true },
    post: { type: 'text' },
    rank: { type: 'text' },
    role: { type: 'text' },
    email: { type: 'text', nullable: true },
  },
});
