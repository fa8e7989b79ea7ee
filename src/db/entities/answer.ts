import { EntitySchema } from 'typeorm';

/** A version of the answer as the curator would publish it (clauses 8, 10). */
export interface Answer {
  id: string;
  sourceKey: string;
  messageId: string;
  version: number;
  text: string;
  composedAt: Date;
  /** Ids of its photos and videos, in order. */
  attachments: string[];
  /** The curator chose to publish it as a thread of posts. */
  asThread: boolean;
}

export const AnswerEntity = new EntitySchema<Answer>({
  name: 'Answer',
  tableName: 'answer',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    messageId: { type: 'uuid' },
    version: { type: 'integer' },
    text: { type: 'text' },
    composedAt: { type: 'timestamptz' },
    attachments: { type: 'jsonb' },
    asThread: { type: 'boolean', default: false },
  },
});
