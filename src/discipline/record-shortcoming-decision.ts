import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { holdMessageOfShortcoming } from '../db/hold-message.ts';
import { rowBy } from '../db/row-by.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { InputError } from '../errors.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { localTime } from '../procedure/local-time.ts';
import { readSubmission } from '../procedure/submission.ts';
import { regionSettings } from '../registry/queries.ts';
import { decisionSubmission, remedyDue } from './decision-submission.ts';

const ACTIONS: Record<NonNullable<Shortcoming['decision']>, string> = {
  instruction: 'дано поручение устранить недостаток',
  measure: 'принято решение о мере дисциплинарного воздействия',
  unfounded: 'недостаток не подтвердился',
};

/** What the deputy governor decided on a shortcoming (clause 13). */
export function recordShortcomingDecision({ db }: { db: Database }): Handler {
  return handler(
    'record-shortcoming-decision',
    z.object({ shortcomingId: z.uuid(), considered: z.unknown(), at: instant }),
    async ({ shortcomingId, considered, at }, { sourceKey }) => {
      const given = readSubmission(decisionSubmission, considered);
      const { decision, text } = given;
      return db.transaction(async (tx) => {
        await holdMessageOfShortcoming(tx, shortcomingId);
        const { zone } = await regionSettings(tx);
        const instructed = decision === 'instruction';
        const remedyDueAt = instructed ? remedyDue(given.remedyDueAt, at, zone) : null;
        const { messageId, supervisor, withdrawnAt } = await rowBy(tx, ShortcomingEntity, {
          id: shortcomingId,
        });
        if (withdrawnAt !== null) {
          throw new InputError('Куратор снял этот недостаток: решение не требуется.');
        }
        await changeRows(
          tx,
          ShortcomingEntity,
          { id: shortcomingId, status: 'open' },
          {
            decision,
            decisionText: text,
            decidedAt: at,
            remedyDueAt,
            ...(instructed && { status: 'instructed' }),
          },
        );
        await recordAudit(tx, {
          key: `shortcoming:${shortcomingId}:decision:${sourceKey}`,
          at,
          messageId,
          subject: supervisor,
          action: ACTIONS[decision],
          details: { shortcomingId, text, remedyDueAt: remedyDueAt?.toISOString() ?? null },
        });
        return {
          shortcomingDecision: decision,
          remedyDueAt: remedyDueAt?.toISOString() ?? null,
          remedyDueText: remedyDueAt && localTime(remedyDueAt, zone),
          instructionText: excerpt(text, 6_000),
          inputError: null,
        };
      });
    },
  );
}
