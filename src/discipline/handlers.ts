import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { Calendars } from '../registry/calendars.ts';
import { closeShortcoming } from './close-shortcoming.ts';
import { confirmShortcomingWithdrawal } from './confirm-shortcoming-withdrawal.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { notifyDeputyGovernor } from './notify-deputy-governor.ts';
import { notifyInstruction } from './notify-instruction.ts';
import { openShortcoming } from './open-shortcoming.ts';
import { recordRemedy } from './record-remedy.ts';
import { recordShortcomingDecision } from './record-shortcoming-decision.ts';
import { remindRemedy } from './remind-remedy.ts';

/** From a missed deadline to its remedy (clauses 12 and 13). */
export const disciplineHandlers = (deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  /** To its page in the register, for those who sign in. */
  shortcomingLink: (shortcomingId: string) => string;
}): Handler[] => [
  openShortcoming(deps),
  gatherEvidence(deps),
  notifyDeputyGovernor(deps),
  recordShortcomingDecision(deps),
  notifyInstruction(deps),
  remindRemedy(deps),
  recordRemedy(deps),
  closeShortcoming(deps),
  confirmShortcomingWithdrawal(deps),
];
