import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import type { PublicationOutcome } from '../networks/port.ts';

/**
 * Records how a try ended, with what was sent and received as its proof (clause 8); what an earlier
 * try recorded stays where this one has `undefined`. `published_at` is left to the engine's time.
 */
export async function recordOutcome(
  db: Database,
  { id }: Publication,
  outcome: PublicationOutcome,
): Promise<void> {
  if (outcome.state === 'try-later') return;
  const change: Partial<Publication> = {
    status: outcome.state,
    reason: outcome.state === 'published' ? null : outcome.reason,
    ...(outcome.state === 'published' && {
      externalId: outcome.externalId,
      permalink: outcome.permalink,
    }),
    ...(outcome.sent !== undefined && { sent: outcome.sent }),
    ...(outcome.received !== undefined && { received: outcome.received }),
  };
  await changeRows(db.manager, PublicationEntity, { id }, change);
}
