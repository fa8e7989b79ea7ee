import type { Rule } from './parts.ts';
import { executorIsNotCurator, executorRank, executorRole } from './rules/executors.ts';
import { defaultHours, knownHours } from './rules/hours.ts';
import { curatorAgency, namedOffices, offices } from './rules/offices.ts';
import { supervisors } from './rules/supervisors.ts';
import { templateTopics } from './rules/templates.ts';
import { unique } from './rules/unique.ts';
import { warnings } from './rules/warnings.ts';

/** What a region must keep beyond the shape of its records. */
export const RULES: readonly Rule[] = [
  unique,
  executorRank,
  executorRole,
  executorIsNotCurator,
  supervisors,
  namedOffices,
  offices,
  curatorAgency,
  knownHours,
  defaultHours,
  warnings,
  templateTopics,
];
