import { LessThanOrEqual } from 'typeorm';
import type { Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import { DeadlineEntity, type Deadline } from '../db/entities/deadline.ts';
import { DraftEntity, type Draft } from '../db/entities/draft.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { rowBy } from '../db/row-by.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { agencyOf, officialByLogin, regionSettings } from '../registry/queries.ts';
import { latenessOf, sayLateness } from './lateness.ts';

/** What is known of a shortcoming (clauses 12, 13); texts are plain, not yet Markdown. */
export interface Evidence {
  shortcoming: Shortcoming;
  agency: Agency;
  message: Message;
  /** Null: the agency had nobody in charge. */
  executorPost: string | null;
  /** Null for a fault of substance. */
  deadline: Deadline | null;
  /** What a fault of substance was found in: the agency's draft as it was then; null: none. */
  draft: Draft | null;
  /** Label and value, in the order in which they are told. */
  facts: [label: string, value: string][];
  zone: string;
}

/** Gathers what is known of a shortcoming as it stood `asOf`. */
export async function evidenceOf(
  tx: Tx,
  calendars: Calendars,
  shortcomingId: string,
  asOf: Date,
): Promise<Evidence> {
  const shortcoming = await rowBy(tx, ShortcomingEntity, { id: shortcomingId });
  const { agencyCode, messageId, executor, deadlineId } = shortcoming;
  const agency = await agencyOf(tx, agencyCode);
  const message = await rowBy(tx, MessageEntity, { id: messageId });
  const official = executor ? await officialByLogin(tx, executor) : null;
  const deadline = deadlineId ? await rowBy(tx, DeadlineEntity, { id: deadlineId }) : null;
  const draft = deadline ? null : await draftAt(tx, shortcoming);
  const { zone } = await regionSettings(tx);
  const executorPost = official?.post ?? null;
  const facts: Evidence['facts'] = [
    ['Орган', agency.name],
    ['Исполнитель', executorPost ?? 'не назначен'],
    ['Недостаток', shortcoming.description],
  ];
  if (deadline) {
    const lateness = latenessOf(deadline, calendars.of(agency.hours), asOf);
    facts.push(
      ['Поступило', localTime(deadline.startedAt, zone)],
      ['Срок', localTime(deadline.dueAt, zone) + (deadline.provisional ? ' (предварительно)' : '')],
      ['Нарушение', sayLateness(lateness, deadline.kind, zone)],
    );
  } else {
    facts.push(['Выявлено куратором', localTime(shortcoming.openedAt, zone)]);
  }
  return { shortcoming, agency, message, executorPost, deadline, draft, facts, zone };
}

/** The latest version when the shortcoming was found. */
async function draftAt(tx: Tx, { assignmentId, openedAt }: Shortcoming): Promise<Draft | null> {
  if (assignmentId === null) return null;
  return tx.findOne(DraftEntity, {
    where: { assignmentId, submittedAt: LessThanOrEqual(openedAt) },
    order: { version: 'DESC' },
  });
}
