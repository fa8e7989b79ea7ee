import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { ReturnRequestEntity, type ReturnRequest } from '../db/entities/return-request.ts';
import { stopClocks } from '../db/missed-deadline.ts';
import { insertOnce } from '../db/once.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { InputError } from '../errors.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { spokenDuration } from '../procedure/local-time.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import { optionalCode, readSubmission, requiredText } from '../procedure/submission.ts';
import { agencyByCode } from '../registry/queries.ts';
import { clockOf, factsOf } from './assignment-facts.ts';

const LEAST_GROUNDS = 10;

const submissionSchema = z.object({
  outcome: z.literal('return'),
  grounds: requiredText(
    2_000,
    `Обоснуйте возврат: не менее ${LEAST_GROUNDS} знаков.`,
    LEAST_GROUNDS,
  ),
  competentAgency: optionalCode('Компетентный орган указан неверно: выберите его из списка.'),
});

/**
 * An executor returns a message as not of the agency's competence (clause 5): with grounds, in time or
 * late. The clock of the draft runs on until the curator agrees.
 */
export function recordReturn({ db }: { db: Database }): Handler {
  return handler(
    'record-return',
    z.object({ assignmentId: z.uuid(), submission: z.unknown(), at: instant }),
    async ({ assignmentId, submission, at }, { sourceKey }) => {
      const { grounds, competentAgency } = readSubmission(submissionSchema, submission);
      return db.transaction(async (tx) => {
        const suggested = await suggestedAgency(tx, competentAgency);
        const { assignment, agency } = await factsOf(tx, assignmentId);
        const clock = await clockOf(tx, assignmentId, 'return');
        const { row } = await insertOnce(
          tx,
          ReturnRequestEntity,
          {
            id: randomUUID(),
            sourceKey,
            assignmentId,
            grounds,
            suggestedAgency: suggested?.code ?? null,
            returnedAt: at,
            late: at > clock.dueAt,
          },
          ['sourceKey'],
        );
        await stopClocks(tx, { id: clock.id }, at);
        await changeRows(
          tx,
          AssignmentEntity,
          { id: assignmentId, status: 'open' },
          { status: 'returned' },
        );
        await recordAudit(tx, {
          key: `return:${row.id}`,
          at,
          messageId: assignment.messageId,
          subject: agency.code,
          action: row.late ? 'сообщение возвращено с опозданием' : 'сообщение возвращено в срок',
          details: { grounds, suggestedAgency: row.suggestedAgency },
        });
        return {
          returnNote: note(row, agency.name, suggested?.name ?? null, clock.dueAt),
          suggestedAgency: row.suggestedAgency,
          inputError: null,
        };
      });
    },
  );
}

async function suggestedAgency(tx: Tx, code: string | null) {
  if (code === null) return null;
  const agency = await agencyByCode(tx, code);
  if (agency === null || !agency.active) {
    throw new InputError('Компетентный орган не найден: выберите его из списка или не указывайте.');
  }
  return agency;
}

function note(
  { grounds, late, returnedAt }: ReturnRequest,
  agency: string,
  suggested: string | null,
  due: Date,
): string {
  const lateness = spokenDuration(returnedAt.getTime() - due.getTime());
  return [
    `**${escapeMarkdown(agency)}** возвращает сообщение: ${
      late ? `**с опозданием на ${lateness}** (п. 5)` : 'в срок (п. 5)'
    }.`,
    '**Обоснование:**',
    excerpt(grounds, 4_000),
    suggested === null
      ? 'Компетентный орган не указан.'
      : `**По мнению исполнителя, компетентен:** ${escapeMarkdown(suggested)}`,
  ].join('\n\n');
}
