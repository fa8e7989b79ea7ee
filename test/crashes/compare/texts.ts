import { MessageEntity } from '../../../src/db/entities/message.ts';
import type { Comparison } from '../compare.ts';

/**
 * Where texts of people stand; in `answer` also the drafts that became answers as they are, and under
 * repeats the answers of their originals.
 */
const TABLES: Record<string, string> = {
  'prepare-draft': 'select text from draft',
  'rework-draft': 'select text from draft',
  'compose-answer': `select a.text from answer a join message m on m.id = a.message_id
    where not exists (
      select from answer o where o.message_id = m.duplicate_of and o.text = a.text)`,
  'review-answer': 'select remarks as text from review_decision',
  'consider-shortcoming': 'select decision_text as text from shortcoming',
  'remedy-shortcoming': 'select remedy_text as text from shortcoming',
};

/** What an official submitted and the engine took stands in the database, once. */
export const texts: Comparison = async ({ world: { db, view }, officials }) => {
  const messages = await db.getRepository(MessageEntity).findBy({ status: 'withdrawn' });
  const withdrawn = new Set(messages.map(({ processInstanceKey }) => processInstanceKey));
  const faults: string[] = [];
  let count = 0;
  const kept = new Map<string, string[]>();
  for (const [element, query] of Object.entries(TABLES)) {
    kept.set(
      element,
      (await db.query<{ text: string }[]>(query)).map(({ text }) => text),
    );
  }
  for (const { key, elementId, instance, text } of officials.submissions()) {
    if (text === null || !view.isDone(key) || withdrawn.has(instance)) continue;
    count += 1;
    const times = kept.get(elementId)?.filter((one) => one === text).length;
    if (times !== 1) faults.push(`${elementId} «${text}» stands ${times} times in the database`);
  }
  return { counted: { 'texts of officials': count }, faults };
};
