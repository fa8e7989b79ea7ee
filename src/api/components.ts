import { z } from 'zod';
import {
  answerView,
  assignmentView,
  attachmentView,
  clockView,
  decisionView,
  draftView,
  eventView,
  historyView,
  publicationView,
  returnView,
  shortcomingView,
  urgentReportView,
} from './history-view.ts';
import { messagePage } from './list-messages.ts';
import { messageView, nextDue } from './message-view.ts';
import { fault, problemSchema } from './problem.ts';
import { registration } from './register-message.ts';

const NAMES = {
  Message: messageView,
  NextDue: nextDue,
  MessagePage: messagePage,
  MessageHistory: historyView,
  Assignment: assignmentView,
  Attachment: attachmentView,
  Clock: clockView,
  Draft: draftView,
  Return: returnView,
  Answer: answerView,
  Decision: decisionView,
  Publication: publicationView,
  Shortcoming: shortcomingView,
  UrgentReport: urgentReportView,
  Event: eventView,
  Registration: registration,
  Problem: problemSchema,
  Fault: fault,
} satisfies Record<string, z.ZodType>;

/** The schemas of the interface under the names that its description gives them. */
export const components = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMES)) components.add(schema, { id });
