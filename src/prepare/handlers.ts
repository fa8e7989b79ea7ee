import type { AttachmentLinks } from '../attachments/links.ts';
import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { Calendars } from '../registry/calendars.ts';
import { assignExecutor } from './assign-executor.ts';
import { closeReturnWindow } from './close-return-window.ts';
import { notifyExecutor } from './notify-executor.ts';
import { recordAppointment } from './record-appointment.ts';
import { recordDraft } from './record-draft.ts';
import { recordMissedDeadline } from './record-missed-deadline.ts';
import { recordReturn } from './record-return.ts';
import { recordReturnReview } from './record-return-review.ts';
import { recordRework } from './record-rework.ts';
import { startRework } from './start-rework.ts';
import { warnExecutor } from './warn-executor.ts';

/** An agency's share of a message: assignment, draft, return, rework (clauses 3 to 7, 9). */
export const prepareHandlers = (deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  attachmentLink: AttachmentLinks['link'];
  tasklistUrl: string;
  templatesLink: string;
}): Handler[] => [
  assignExecutor(deps),
  notifyExecutor(deps),
  closeReturnWindow(deps),
  warnExecutor(deps),
  recordMissedDeadline(deps),
  recordDraft(deps),
  recordReturn(deps),
  recordReturnReview(deps),
  recordAppointment(deps),
  startRework(deps),
  recordRework(deps),
];
