import type { Handler } from '../engine/worker.ts';
import type { Calendars } from '../registry/calendars.ts';
import { compileMonthlyData, type CompileDeps } from './compile-monthly-data.ts';
import { computeReportDate } from './compute-report-date.ts';
import { recordMonthlyCheck } from './record-monthly-check.ts';
import { sendMonthlyData } from './send-monthly-data.ts';

/** The monthly summary, from its date to the deputy governor (clause 14). */
export const reportHandlers = (deps: CompileDeps & { calendars: Calendars }): Handler[] => [
  computeReportDate(deps),
  compileMonthlyData(deps),
  recordMonthlyCheck(deps),
  sendMonthlyData(deps),
];
