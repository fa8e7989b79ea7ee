import { z } from 'zod';
import type { Message } from '../db/entities/message.ts';
import { iso, isoOrNull, NETWORKS, STATUSES, time } from './words.ts';

/** The nearest deadline of a message; its clock runs. */
export const nextDue = z.strictObject({
  at: time,
  clause: z.int().describe('Пункт Порядка'),
  agency: z.string(),
  provisional: z.boolean().describe('Посчитан по году без утверждённого календаря'),
});

/** A message as lists show it. */
export const messageView = z.strictObject({
  id: z.uuid(),
  network: z.enum(NETWORKS),
  kind: z.enum(['post', 'comment']),
  url: z.string().describe('Адрес в социальной сети'),
  author: z.strictObject({ name: z.string().nullable(), url: z.string().nullable() }),
  text: z.string(),
  photos: z.array(z.string()),
  publishedAt: time,
  detectedAt: time,
  editedAt: time.nullable().describe('Когда замечено, что автор изменил текст'),
  deletedAt: time.nullable().describe('Когда замечено, что автор удалил запись'),
  status: z.enum(STATUSES),
  topic: z.string().nullable(),
  subjectKind: z.enum(['statement', 'request', 'complaint', 'proposal', 'question']).nullable(),
  municipality: z.string().nullable(),
  urgent: z.boolean(),
  agencies: z.array(z.string()).describe('Органы, которым сообщение поручалось'),
  nextDue: nextDue.nullable().describe('Ближайший идущий срок, кроме срока возврата'),
  overdue: z.boolean().describe('Идёт просроченный срок'),
  finishedAt: time.nullable(),
});

/** What the database adds to a message's row. */
export interface WithWork extends Message {
  agencies: string[];
  nextDue: { at: string; clause: number; agency: string; provisional: boolean } | null;
  overdue: boolean;
}

export function viewMessage(message: WithWork): z.infer<typeof messageView> {
  const { id, kind, url, text, photos, status, topic, subjectKind, municipality, urgent } = message;
  const { agencies, nextDue: due, overdue } = message;
  return {
    id,
    network: message.network as (typeof NETWORKS)[number],
    kind,
    url,
    author: { name: message.authorName, url: message.authorUrl },
    text,
    photos,
    publishedAt: iso(message.publishedAt),
    detectedAt: iso(message.detectedAt),
    editedAt: isoOrNull(message.editedAt),
    deletedAt: isoOrNull(message.deletedAt),
    status,
    topic,
    subjectKind,
    municipality,
    urgent,
    agencies,
    nextDue: due && { ...due, at: iso(new Date(due.at)) },
    overdue,
    finishedAt: isoOrNull(message.finishedAt),
  };
}
