import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { optionalCode, readSubmission } from '../procedure/submission.ts';
import { agencyByCode } from '../registry/queries.ts';
import { backToTriage } from './back-to-triage.ts';
import { freeAgency } from './free-agency.ts';

const schema = z.object({
  decision: z.enum(['assign', 'drop'], {
    error: 'Выберите решение: поручить органу власти или снять поручение.',
  }),
  agencyCode: optionalCode('Орган власти указан неверно: выберите его из списка.'),
});

/** Whom the curator gives a message to whose agency has no executor (clause 3). */
export function recordAppointment({ db }: { db: Database }): Handler {
  return handler(
    'record-appointment',
    z.object({
      messageId: z.uuid(),
      agencyCode: z.string(),
      appointment: z.unknown(),
      at: instant,
    }),
    async ({ messageId, agencyCode, appointment, at }, { sourceKey }) => {
      const { decision, agencyCode: chosen } = readSubmission(schema, appointment);
      return db.transaction(async (tx) => {
        const assigned = decision === 'assign' ? await freeAgency(tx, messageId, chosen) : null;
        const agency = assigned ?? (await agencyByCode(tx, agencyCode));
        if (decision === 'drop') await backToTriage(tx, messageId);
        await recordAudit(tx, {
          key: `appointment:${sourceKey}`,
          at,
          messageId,
          subject: 'куратор',
          action: `${assigned ? 'поручено' : 'поручение снято'}: ${agency?.shortName ?? agencyCode}`,
        });
        return {
          appointmentDecision: decision,
          agencyCode: assigned?.code ?? agencyCode,
          inputError: null,
        };
      });
    },
  );
}
