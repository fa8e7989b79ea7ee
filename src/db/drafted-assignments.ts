import type { Tx } from './data-source.ts';
import { AssignmentEntity, type Assignment } from './entities/assignment.ts';
import { rowsBy } from './row-by.ts';

/** The assignments of a message whose parts have arrived, in the order in which they were given. */
export const draftedAssignments = (tx: Tx, messageId: string): Promise<Assignment[]> =>
  rowsBy(tx, AssignmentEntity, { messageId, status: 'drafted' }, { by: ['receivedAt', 'id'] });
