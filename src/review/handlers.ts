import type { AttachmentLinks } from '../attachments/links.ts';
import type { AttachmentStorage } from '../attachments/storage.ts';
import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { Networks } from '../networks/registry.ts';
import type { Calendars } from '../registry/calendars.ts';
import { checkFormat } from './check-format.ts';
import { recordAnswer } from './record-answer.ts';
import { recordClosing } from './record-closing.ts';
import { recordGone } from './record-gone.ts';
import { recordReview } from './record-review.ts';
import { startReviewClock } from './start-review-clock.ts';
import { takeDraft } from './take-draft.ts';
import { takeOriginalAnswer } from './take-original-answer.ts';
import { warnCurator } from './warn-curator.ts';

/** The curator's review: the common answer, its format, the decision (clauses 8, 10 and 11). */
export const reviewHandlers = (deps: {
  db: Database;
  calendars: Calendars;
  networks: Networks;
  storage: AttachmentStorage;
  pageLink: (messageId: string) => string;
  attachmentLink: AttachmentLinks['link'];
}): Handler[] => [
  startReviewClock(deps),
  takeOriginalAnswer(deps),
  takeDraft(deps),
  recordAnswer(deps),
  checkFormat(deps),
  recordReview(deps),
  recordClosing(deps),
  recordGone(deps),
  warnCurator(deps),
];
