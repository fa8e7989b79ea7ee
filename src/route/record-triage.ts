import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { repeatKey, settleRepeat, settleRepeats } from '../db/repeats.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import { transaction, type Last } from '../db/transaction.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { InputError } from '../errors.ts';
import type { Networks } from '../networks/registry.ts';
import { readSubmission } from '../procedure/submission.ts';
import { activeAgencies, regionSettings } from '../registry/queries.ts';
import { findOriginal, named } from './find-original.ts';
import { earlierOf, type Earlier } from './follow-up.ts';
import { checkTriage, triageSubmission, type Triage } from './triage-submission.ts';

const ACTIONS: Record<Triage['decision'], string> = {
  take: 'сообщение взято в работу',
  'not-relevant': 'не относится к компетенции',
  duplicate: 'повтор другого сообщения',
  close: 'ответ на наш ответ: нового ответа не требуется',
};

const WAITS = 'повтор: ответ основного сообщения будет размещён и здесь';

/** What the curator decided on a message (clause 2). */
export function recordTriage({ db, networks }: { db: Database; networks: Networks }): Handler {
  const step = together(db);
  return handler(
    'record-triage',
    z.object({ messageId: z.uuid(), triage: z.unknown(), at: instant }),
    async ({ messageId, triage: submitted, at }, { sourceKey }) => {
      const triage = readSubmission(triageSubmission, submitted);
      const reference = triage.duplicateOf ?? triage.repeatOf;
      const repeated =
        triage.decision === 'duplicate' && reference !== null
          ? await named(networks, reference)
          : null;
      const record = async (tx: Tx, last: Last) => {
        const [message, { topics, municipalities }, agencies] = await Promise.all([
          rowBy(tx, MessageEntity, { id: messageId }),
          regionSettings(tx),
          activeAgencies(tx),
        ]);
        const earlier = await earlierOf(tx, message);
        checkTriage(triage, {
          agencies: agencies.map(({ code }) => code),
          topics: topics.map(({ code }) => code),
          municipalities: municipalities.map(({ code }) => code),
          followUp: earlier !== null,
        });
        const key = `triage:${sourceKey}`;
        const original = repeated === null ? null : await findOriginal(tx, messageId, repeated);
        const waits = original !== null && triage.answerHere;
        if (waits && (await rowOrNull(tx, AuditEntryEntity, { key })) === null)
          willBeAnswered(original);
        last(
          changeRows(
            tx,
            MessageEntity,
            { id: messageId, finishedAt: null },
            {
              ...rowOf(triage, original, waits, at),
              ...(triage.decision === 'close' && aboutTheSame(earlier)),
            },
          ),
          recordAudit(tx, {
            key,
            at,
            messageId,
            subject: 'куратор',
            action: waits ? WAITS : ACTIONS[triage.decision],
            details: detailsOf(triage, original),
          }),
        );
        if (triage.decision !== 'take' && !waits) await settleRepeats(tx, messageId);
        if (waits && original.finishedAt !== null) await settleRepeat(tx, messageId, original.id);
        return {
          decision: triage.decision,
          agencies: triage.decision === 'take' ? triage.agencies : [],
          urgent: triage.decision === 'take' && triage.urgent,
          urgentGrounds: triage.urgentGrounds,
          repeatKey: waits ? repeatKey(messageId, original.id) : null,
          inputError: null,
        };
      };
      // Whoever is to be a repeat holds its original first.
      return repeated === null ? step(messageId, record) : transaction(db, record);
    },
  );
}

/** @throws InputError when the original was done with and has no answer to give. */
function willBeAnswered({ status, finishedAt }: Message): void {
  if (finishedAt === null || status === 'answered') return;
  throw new InputError(
    'Работа над основным сообщением закончена без ответа, размещать нечего: снимите отметку «Разместить ' +
      'ответ основного сообщения и под этим» или возьмите сообщение в работу.',
  );
}

function rowOf(
  triage: Triage,
  original: Message | null,
  waits: boolean,
  at: Date,
): Partial<Message> {
  if (triage.decision === 'take') {
    const { topic, kind, municipality, urgent, note } = triage;
    return { topic, subjectKind: kind, municipality, urgent, note, triagedAt: at };
  }
  return {
    status: triage.decision === 'close' ? 'closed' : triage.decision,
    reason: triage.reason,
    duplicateOf: original?.id ?? null,
    triagedAt: at,
    finishedAt: waits ? null : at,
  };
}

/** The figures count a reply with what it is about (clause 14). */
const aboutTheSame = (earlier: Earlier | null): Partial<Message> => ({
  topic: earlier?.message.topic ?? null,
  subjectKind: 'statement',
  municipality: earlier?.message.municipality ?? null,
});

function detailsOf(triage: Triage, original: Message | null): Record<string, unknown> {
  const { agencies, topic, kind, municipality, urgent, note, reason } = triage;
  if (triage.decision === 'take') return { agencies, topic, kind, municipality, urgent, note };
  return { reason, duplicateOf: original?.id ?? null };
}
