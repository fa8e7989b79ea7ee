import { In, Like, Not } from 'typeorm';
import type { Database } from './data-source.ts';
import { AgencyEntity } from './entities/agency.ts';
import { AnswerEntity, type Answer } from './entities/answer.ts';
import { AssignmentEntity, type Assignment } from './entities/assignment.ts';
import { AttachmentEntity, type AttachmentRow } from './entities/attachment.ts';
import { AuditEntryEntity, type AuditEntry } from './entities/audit.ts';
import { DeadlineEntity, type Deadline } from './entities/deadline.ts';
import { DraftEntity, type Draft } from './entities/draft.ts';
import { MessageEntity, type Message } from './entities/message.ts';
import { OfficialEntity } from './entities/official.ts';
import { PublicationEntity, type Publication } from './entities/publication.ts';
import { ReturnRequestEntity, type ReturnRequest } from './entities/return-request.ts';
import { ReviewDecisionEntity, type ReviewDecision } from './entities/review-decision.ts';
import { ShortcomingEntity, type Shortcoming } from './entities/shortcoming.ts';
import { UrgentReportEntity, type UrgentReport } from './entities/urgent-report.ts';

/** How keys of audit lines begin that say who looked: no part of what was done. */
export const VIEW = 'view:';

/** All that is known of one message, in order of time. */
export interface History {
  message: Message;
  assignments: Assignment[];
  drafts: Draft[];
  deadlines: Deadline[];
  answers: Answer[];
  publications: Publication[];
  returns: ReturnRequest[];
  decisions: ReviewDecision[];
  shortcomings: Shortcoming[];
  urgentReports: UrgentReport[];
  audit: AuditEntry[];
  /** Its photos and videos whose bytes are there, by id. */
  attachments: Map<string, AttachmentRow>;
  /** Names of agencies by code. */
  agencies: Map<string, string>;
  /** Posts of officials by login. */
  officials: Map<string, string>;
}

/** Loads a message with its whole history; null when there is no such message. */
export async function loadHistory(db: Database, messageId: string): Promise<History | null> {
  const message = await db.manager.findOneBy(MessageEntity, { id: messageId });
  if (message === null) return null;
  const of = { messageId };
  const assignments = await db.manager.find(AssignmentEntity, {
    where: of,
    order: { receivedAt: 'ASC' },
  });
  const ofAssignments = { assignmentId: In(assignments.map((it) => it.id)) };
  const [drafts, returns, deadlines, answers, publications, audit, agencies] = await Promise.all([
    db.manager.find(DraftEntity, { where: ofAssignments, order: { submittedAt: 'ASC' } }),
    db.manager.find(ReturnRequestEntity, { where: ofAssignments, order: { returnedAt: 'ASC' } }),
    db.manager.find(DeadlineEntity, { where: of, order: { startedAt: 'ASC', dueAt: 'ASC' } }),
    db.manager.find(AnswerEntity, { where: of, order: { version: 'ASC' } }),
    db.manager.find(PublicationEntity, { where: of, order: { reservedAt: 'ASC' } }),
    db.manager.find(AuditEntryEntity, {
      where: { ...of, key: Not(Like(`${VIEW}%`)) },
      order: { at: 'ASC', id: 'ASC' },
    }),
    db.manager.find(AgencyEntity),
  ]);
  const [decisions, shortcomings, urgentReports, attachments, officials] = await Promise.all([
    db.manager.find(ReviewDecisionEntity, { where: of, order: { decidedAt: 'ASC' } }),
    db.manager.find(ShortcomingEntity, { where: of, order: { openedAt: 'ASC' } }),
    db.manager.find(UrgentReportEntity, { where: of, order: { openedAt: 'ASC' } }),
    db.manager.find(AttachmentEntity, {
      where: { messageId, stored: true },
      order: { uploadedAt: 'ASC', id: 'ASC' },
    }),
    db.manager.find(OfficialEntity),
  ]);
  return {
    message,
    assignments,
    drafts,
    deadlines,
    answers,
    publications,
    returns,
    decisions,
    shortcomings,
    urgentReports,
    audit,
    attachments: new Map(attachments.map((it) => [it.id, it])),
    agencies: new Map(agencies.map((it) => [it.code, it.name])),
    officials: new Map(officials.map((it) => [it.login, it.post])),
  };
}
