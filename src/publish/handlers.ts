import type { AttachmentStorage } from '../attachments/storage.ts';
import type { Database } from '../db/data-source.ts';
import type { Handler } from '../engine/worker.ts';
import type { Networks } from '../networks/registry.ts';
import { publishAnswer } from './publish-answer.ts';
import { recordManualPublication } from './record-manual-publication.ts';
import { recordPublication } from './record-publication.ts';

/** Publishes answers and records it (clause 8). */
export const publishHandlers = (deps: {
  db: Database;
  networks: Networks;
  storage: AttachmentStorage;
}): Handler[] => [publishAnswer(deps), recordManualPublication(deps), recordPublication(deps)];
