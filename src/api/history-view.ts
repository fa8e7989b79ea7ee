import { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { visibleHistory } from '../access/visible.ts';
import type { Deadline } from '../db/entities/deadline.ts';
import { SHORTCOMING_STATES } from '../db/entities/shortcoming.ts';
import type { History } from '../db/history.ts';
import { messageView, viewMessage, type WithWork } from './message-view.ts';
import { iso, isoOrNull, time } from './words.ts';

const text = z.string().nullable();
const agency = z.strictObject({ code: z.string(), name: z.string() });

export const assignmentView = z.strictObject({
  id: z.uuid(),
  agency,
  executor: z.string().describe('Логин исполнителя'),
  receivedAt: time,
  finishedAt: time.nullable(),
  status: z.enum(['open', 'drafted', 'returned', 'redirected', 'dropped']),
  reworkRounds: z.int(),
});

export const clockView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['return', 'draft', 'review', 'rework', 'remedy']),
  clause: z.int().describe('Пункт Порядка'),
  assignmentId: z.uuid().nullable(),
  agency,
  executor: text,
  startedAt: time,
  limit: z.string().describe('Длительность ISO 8601'),
  plain: z.boolean().describe('Календарное время; иначе рабочее'),
  intervals: z
    .array(z.strictObject({ from: time, to: time }))
    .describe('Почему такой срок: время, которое в нём посчитано'),
  warnAt: time.nullable(),
  dueAt: time,
  provisional: z.boolean().describe('Посчитан по году без утверждённого календаря'),
  stoppedAt: time.nullable(),
  missedAt: time.nullable(),
});

export const draftView = z.strictObject({
  id: z.uuid(),
  assignmentId: z.uuid(),
  version: z.int(),
  text: z.string(),
  submittedAt: time,
  attachments: z.array(z.uuid()).describe('Фото и видео этой версии, по порядку'),
});

/** Its bytes are fetched on the pages, never here: no link with a key leaves by this way. */
export const attachmentView = z.strictObject({
  id: z.uuid(),
  assignmentId: z.uuid().nullable().describe('Чей файл; null: добавлен куратором'),
  name: z.string(),
  type: z.string().describe('Тип MIME, по содержанию'),
  size: z.int().describe('Байт'),
  sha256: text,
  uploadedBy: z.string().describe('Кто добавил'),
  uploadedAt: time,
  removedAt: time.nullable().describe('Когда убран из проекта'),
  leftOutAt: time.nullable().describe('Когда куратор решил не размещать'),
});

export const returnView = z.strictObject({
  id: z.uuid(),
  assignmentId: z.uuid(),
  grounds: z.string(),
  suggestedAgency: text,
  returnedAt: time,
  late: z.boolean(),
  decision: z.enum(['redirect', 'refuse', 'drop']).nullable(),
  redirectedTo: text,
  decisionNote: text,
  decidedAt: time.nullable(),
});

export const answerView = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  text: z.string(),
  composedAt: time,
  attachments: z.array(z.uuid()).describe('Фото и видео этой версии, по порядку'),
});

export const decisionView = z.strictObject({
  id: z.uuid(),
  answerId: z.uuid(),
  decision: z.enum(['publish', 'edit', 'rework', 'close']),
  remarks: text,
  reworkAssignments: z.array(z.string()),
  fault: text.describe('Недостаток по существу, отмеченный куратором'),
  decidedAt: time,
});

export const publicationView = z.strictObject({
  id: z.uuid(),
  answerId: z.uuid(),
  status: z.enum(['reserved', 'published', 'refused', 'unknown', 'needs-person', 'gone']),
  manual: z.boolean().describe('Опубликовано вручную'),
  externalId: text.describe('Номер ответа в сети'),
  permalink: text.describe('Адрес ответа в сети'),
  sent: z.unknown().describe('Что отправлено сети'),
  received: z.unknown().describe('Что ответила сеть'),
  reason: text,
  reservedAt: time,
  publishedAt: time.nullable(),
});

export const shortcomingView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['deadline', 'substance']),
  assignmentId: z.uuid().nullable(),
  clockId: z.uuid().nullable(),
  agency,
  executor: text,
  supervisor: z.string(),
  description: z.string(),
  openedAt: time,
  status: z.enum(SHORTCOMING_STATES),
  decision: z.enum(['instruction', 'measure', 'unfounded']).nullable(),
  decisionText: text,
  decidedAt: time.nullable(),
  remedyDueAt: time.nullable(),
  remedyText: text,
  closedAt: time.nullable(),
  withdrawnAt: time.nullable().describe('Когда куратор снял недостаток: он больше не учитывается'),
  withdrawalGrounds: text,
});

export const urgentReportView = z.strictObject({
  id: z.uuid(),
  grounds: z.string(),
  openedAt: time,
  status: z.enum(['open', 'confirmed', 'rejected', 'sent']),
  decisionNote: text,
  decidedAt: time.nullable(),
  sentAt: time.nullable(),
});

export const eventView = z.strictObject({
  at: time,
  subject: z.string().describe('Кто'),
  action: z.string().describe('Что сделал'),
  details: z.record(z.string(), z.unknown()),
});

/** One message with everything that was done about it. */
export const historyView = messageView.extend({
  note: text.describe('Указание куратора исполнителям'),
  reason: text.describe('Почему работа закончена без ответа'),
  duplicateOf: z.uuid().nullable().describe('Основное сообщение, если это повтор'),
  followUpOf: z.uuid().nullable().describe('Сообщение, на ответ которому отвечает это'),
  triagedAt: time.nullable(),
  assignments: z.array(assignmentView),
  clocks: z.array(clockView).describe('Сроки и почему они такие'),
  drafts: z.array(draftView),
  attachments: z.array(attachmentView).describe('Фото и видео, которые хранятся'),
  returns: z.array(returnView),
  answers: z.array(answerView),
  decisions: z.array(decisionView).describe('Решения куратора по проектам'),
  publications: z.array(publicationView),
  shortcomings: z.array(shortcomingView).describe('Недостатки; чужие не видны'),
  urgentReports: z.array(urgentReportView),
  events: z.array(eventView).describe('Кто, что и когда сделал'),
});

/** What `principal` may see of a message: shortcomings of agencies that are not theirs are left out. */
export function viewHistory(
  message: WithWork,
  history: History,
  principal: Principal,
): z.infer<typeof historyView> {
  const agencyOf = (code: string) => ({ code, name: history.agencies.get(code) ?? code });
  const { shortcomings, audit } = visibleHistory(history, principal);
  const { note, reason, duplicateOf, followUpOf } = message;
  return {
    ...viewMessage(message),
    note,
    reason,
    duplicateOf,
    followUpOf,
    triagedAt: isoOrNull(message.triagedAt),
    assignments: history.assignments.map((it) => ({
      id: it.id,
      agency: agencyOf(it.agencyCode),
      executor: it.executor,
      receivedAt: iso(it.receivedAt),
      finishedAt: isoOrNull(it.finishedAt),
      status: it.status,
      reworkRounds: it.reworkRounds,
    })),
    clocks: history.deadlines.map((it) => ({
      id: it.id,
      kind: it.kind,
      clause: it.clause,
      assignmentId: it.assignmentId,
      agency: agencyOf(it.agencyCode),
      executor: it.executor,
      startedAt: iso(it.startedAt),
      limit: it.limitDuration,
      plain: it.plain,
      intervals: intervalsOf(it),
      warnAt: isoOrNull(it.warnAt),
      dueAt: iso(it.dueAt),
      provisional: it.provisional,
      stoppedAt: isoOrNull(it.stoppedAt),
      missedAt: isoOrNull(it.missedAt),
    })),
    drafts: history.drafts.map(({ id, assignmentId, version, text, submittedAt, attachments }) => ({
      id,
      assignmentId,
      version,
      text,
      submittedAt: iso(submittedAt),
      attachments,
    })),
    attachments: [...history.attachments.values()].map((it) => ({
      id: it.id,
      assignmentId: it.assignmentId,
      name: it.name,
      type: it.mediaType,
      size: it.size,
      sha256: it.sha256,
      uploadedBy: it.uploadedBy,
      uploadedAt: iso(it.uploadedAt),
      removedAt: isoOrNull(it.removedAt),
      leftOutAt: isoOrNull(it.leftOutAt),
    })),
    returns: history.returns.map((it) => ({
      id: it.id,
      assignmentId: it.assignmentId,
      grounds: it.grounds,
      suggestedAgency: it.suggestedAgency,
      returnedAt: iso(it.returnedAt),
      late: it.late,
      decision: it.decision,
      redirectedTo: it.redirectedTo,
      decisionNote: it.decisionNote,
      decidedAt: isoOrNull(it.decidedAt),
    })),
    answers: history.answers.map(({ id, version, text, composedAt, attachments }) => ({
      id,
      version,
      text,
      composedAt: iso(composedAt),
      attachments,
    })),
    decisions: history.decisions.map((it) => ({
      id: it.id,
      answerId: it.answerId,
      decision: it.decision,
      remarks: it.remarks,
      reworkAssignments: it.reworkAssignments,
      fault: it.fault,
      decidedAt: iso(it.decidedAt),
    })),
    publications: history.publications.map((it) => ({
      id: it.id,
      answerId: it.answerId,
      status: it.status,
      manual: it.manual,
      externalId: it.externalId,
      permalink: it.permalink,
      sent: it.sent,
      received: it.received,
      reason: it.reason,
      reservedAt: iso(it.reservedAt),
      publishedAt: isoOrNull(it.publishedAt),
    })),
    shortcomings: shortcomings.map((it) => ({
      id: it.id,
      kind: it.kind,
      assignmentId: it.assignmentId,
      clockId: it.deadlineId,
      agency: agencyOf(it.agencyCode),
      executor: it.executor,
      supervisor: it.supervisor,
      description: it.description,
      openedAt: iso(it.openedAt),
      status: it.status,
      decision: it.decision,
      decisionText: it.decisionText,
      decidedAt: isoOrNull(it.decidedAt),
      remedyDueAt: isoOrNull(it.remedyDueAt),
      remedyText: it.remedyText,
      closedAt: isoOrNull(it.closedAt),
      withdrawnAt: isoOrNull(it.withdrawnAt),
      withdrawalGrounds: it.withdrawalGrounds,
    })),
    urgentReports: history.urgentReports.map((it) => ({
      id: it.id,
      grounds: it.grounds,
      openedAt: iso(it.openedAt),
      status: it.status,
      decisionNote: it.decisionNote,
      decidedAt: isoOrNull(it.decidedAt),
      sentAt: isoOrNull(it.sentAt),
    })),
    events: audit.map(({ at, subject, action, details }) => ({
      at: iso(at),
      subject,
      action,
      details,
    })),
  };
}

/** Plain time is counted without a break. */
const intervalsOf = ({ plain, startedAt, dueAt, spent }: Deadline) =>
  plain ? [{ from: iso(startedAt), to: iso(dueAt) }] : spent.map(([from, to]) => ({ from, to }));
