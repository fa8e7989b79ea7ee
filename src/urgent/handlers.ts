import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { UrgentLinks } from './about.ts';
import { prepareUrgentReport } from './prepare-urgent-report.ts';
import { recordUrgentDecision } from './record-urgent-decision.ts';
import { remindDepartmentHead } from './remind-department-head.ts';
import { sendUrgentReport } from './send-urgent-report.ts';

/** Reports to the Governor on what is acutely significant (clause 15). */
export const urgentHandlers = (deps: { db: Database } & UrgentLinks): Handler[] => [
  prepareUrgentReport(deps),
  remindDepartmentHead(deps),
  recordUrgentDecision(deps),
  sendUrgentReport(deps),
];
