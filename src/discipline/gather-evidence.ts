import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { holdMessageOfShortcoming } from '../db/hold-message.ts';
import { SHORTCOMING_FOUND } from '../db/shortcomings.ts';
import { confirmStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import type { Calendars } from '../registry/calendars.ts';
import { evidenceKey } from './evidence-time.ts';
import { evidenceText } from './evidence-text.ts';
import { evidenceOf } from './evidence.ts';

/** What the deputy governor decides upon: who, which limit, by how much, and where to see it (clause 12). */
export function gatherEvidence(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  shortcomingLink: (shortcomingId: string) => string;
}): Handler {
  const { db, calendars, pageLink, shortcomingLink } = deps;
  return handler(
    'gather-evidence',
    z.object({ shortcomingId: z.uuid(), at: instant }),
    async ({ shortcomingId, at }) =>
      db.transaction(async (tx) => {
        await holdMessageOfShortcoming(tx, shortcomingId);
        await confirmStart(tx, SHORTCOMING_FOUND, shortcomingId);
        const evidence = await evidenceOf(tx, calendars, shortcomingId, at);
        const { shortcoming, agency } = evidence;
        await recordAudit(tx, {
          key: evidenceKey(shortcomingId),
          at,
          messageId: shortcoming.messageId,
          subject: 'система',
          action: 'собраны доказательства недостатка',
          details: { shortcomingId, facts: Object.fromEntries(evidence.facts) },
        });
        return {
          shortcoming: {
            id: shortcomingId,
            agency: agency.code,
            agencyName: agency.name,
            executor: shortcoming.executor,
            supervisor: shortcoming.supervisor,
            title: `${agency.shortName}: ${shortcoming.description}`.slice(0, 200),
          },
          evidence: evidenceText(evidence, {
            message: pageLink(shortcoming.messageId),
            shortcoming: shortcomingLink(shortcomingId),
          }),
        };
      }),
  );
}
