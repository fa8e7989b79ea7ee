import type { Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import { DeadlineEntity, type Deadline } from '../db/entities/deadline.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { registryOf } from '../registry/registry.ts';

/** An assignment with what a notice about it names. */
export interface AssignmentFacts {
  assignment: Assignment;
  agency: Readonly<Agency>;
  message: Message;
}

export async function factsOf(tx: Tx, assignmentId: string): Promise<AssignmentFacts> {
  const [assignment, { agencies }] = await Promise.all([
    rowBy(tx, AssignmentEntity, { id: assignmentId }),
    registryOf(tx),
  ]);
  const message = await rowBy(tx, MessageEntity, { id: assignment.messageId });
  return { assignment, agency: agencies.get(assignment.agencyCode)!, message };
}

/** The clock of an assignment's first draft or of its return. */
export function clockOf(tx: Tx, assignmentId: string, kind: 'return' | 'draft'): Promise<Deadline> {
  return rowBy(tx, DeadlineEntity, { assignmentId, kind });
}
