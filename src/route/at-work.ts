import { In, IsNull } from 'typeorm';
import type { Tx } from '../db/data-source.ts';
import { AgencyEntity, type Agency } from '../db/entities/agency.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';

/**
 * The assignments of a message on which an executor still works, with their agencies: those that wait
 * for a draft or for the curator's word on a return, and drafts under rework.
 */
export async function atWork(
  tx: Tx,
  messageId: string,
): Promise<{ assignment: Assignment; agency: Agency }[]> {
  const reworks = await tx.findBy(DeadlineEntity, {
    messageId,
    kind: 'rework',
    stoppedAt: IsNull(),
  });
  const assignments = await tx.find(AssignmentEntity, {
    where: [
      { messageId, status: In(['open', 'returned']) },
      { id: In(reworks.map(({ assignmentId }) => assignmentId)), status: 'drafted' },
    ],
    order: { receivedAt: 'ASC', id: 'ASC' },
  });
  const agencies = await tx.findBy(AgencyEntity, {
    code: In(assignments.map(({ agencyCode }) => agencyCode)),
  });
  return assignments.map((assignment) => ({
    assignment,
    agency: agencies.find(({ code }) => code === assignment.agencyCode)!,
  }));
}
