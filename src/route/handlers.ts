import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { Networks } from '../networks/registry.ts';
import type { Calendars } from '../registry/calendars.ts';
import { claimMessage } from './claim-message.ts';
import { openUrgentReport } from './open-urgent-report.ts';
import { proposeCompetence } from './propose-competence.ts';
import { recordPostChange } from './record-post-change.ts';
import { recordTriage } from './record-triage.ts';
import { recordWithdrawal } from './record-withdrawal.ts';
import { remindCurator } from './remind-curator.ts';

/** From a detected message to the curator's decision on it (clause 2). */
export const routeHandlers = (deps: {
  db: Database;
  calendars: Calendars;
  networks: Networks;
  pageLink: (messageId: string) => string;
  curatorLink: (messageId: string) => string;
}): Handler[] => [
  claimMessage(deps),
  proposeCompetence(deps),
  remindCurator(deps),
  recordTriage(deps),
  openUrgentReport(deps),
  recordPostChange(deps),
  recordWithdrawal(deps),
];
