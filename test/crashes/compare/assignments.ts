import { AssignmentEntity } from '../../../src/db/entities/assignment.ts';
import { DeadlineEntity } from '../../../src/db/entities/deadline.ts';
import { MessageEntity } from '../../../src/db/entities/message.ts';
import type { Comparison } from '../compare.ts';

/** As many assignments and clocks as the engine gave and started, none doubled (clauses 5, 6, 8, 9). */
export const assignments: Comparison = async ({ world: { db, view } }) => {
  const messages = await db.getRepository(MessageEntity).find();
  const rows = await db.getRepository(AssignmentEntity).find();
  const clocks = await db.getRepository(DeadlineEntity).find();
  const faults: string[] = [];
  for (const { id, url, status, processInstanceKey } of messages) {
    const passed = view.passed(processInstanceKey ?? '');
    const of = (kind: string) =>
      clocks.filter((clock) => clock.messageId === id && clock.kind === kind).length;
    const given = rows.filter(({ messageId }) => messageId === id).length;
    const pairs: [what: string, found: number, element: string][] = [
      ['assignments', given, 'assign-executor'],
      ['clocks of returns', of('return'), 'assign-executor'],
      ['clocks of drafts', of('draft'), 'assign-executor'],
      ['clocks of reviews', of('review'), 'start-review-clock'],
      ['clocks of reworks', of('rework'), 'start-rework'],
    ];
    for (const [what, found, element] of pairs) {
      const times = passed.filter((one) => one === element).length;
      // A withdrawal may come between the record and the engine's word that it was made.
      const fits = status === 'withdrawn' ? found >= times : found === times;
      if (!fits)
        faults.push(`${url}: ${found} ${what}, and the engine passed ${element} ${times}×`);
    }
  }
  return { counted: { assignments: rows.length }, faults };
};
