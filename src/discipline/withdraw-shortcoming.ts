import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Tx } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { holdMessageOfShortcoming } from '../db/hold-message.ts';
import { rowBy } from '../db/row-by.ts';
import { SHORTCOMING_WITHDRAWN } from '../db/shortcomings.ts';
import { queueStart } from '../db/starts.ts';
import { InputError } from '../errors.ts';
import { channelOf, notify, notifyOfficial } from '../notify/notify.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { agencyOf } from '../registry/queries.ts';

const submission = z.object({
  grounds: requiredText(2_000, 'Укажите основания: не менее 10 знаков.', 10),
});

/**
 * The curator takes a shortcoming back, with grounds: it is kept and marked, counts no more, its process
 * is told to end, and whoever was told of it is told of that too (clauses 4, 13).
 * @throws InputError in Russian.
 */
export async function withdrawShortcoming(
  tx: Tx,
  id: string,
  given: unknown,
  curator: { login: string; name: string },
  at: Date,
): Promise<void> {
  const { grounds } = readSubmission(submission, given);
  await holdMessageOfShortcoming(tx, id);
  const found = await rowBy(tx, ShortcomingEntity, { id });
  if (found.withdrawnAt !== null) throw new InputError('Недостаток уже снят.');
  await changeRows(
    tx,
    ShortcomingEntity,
    { id },
    {
      status: 'withdrawn',
      withdrawnAt: at,
      withdrawnBy: curator.login,
      withdrawalGrounds: grounds,
      closedAt: found.closedAt ?? at,
    },
  );
  if (found.closedAt === null) {
    await queueStart(tx, SHORTCOMING_WITHDRAWN, id, { shortcomingId: id });
  }
  const agency = await agencyOf(tx, found.agencyCode);
  const note = {
    key: `shortcoming:${id}:withdrawn`,
    subject: `Недостаток снят куратором: ${agency.shortName}`,
    body: [
      'Куратор снял недостаток в работе с сообщением жителя. Решения и действия по нему не требуются.',
      '',
      `Орган: ${agency.name}`,
      `Недостаток: ${found.description}`,
      `Основания: ${grounds}`,
    ].join('\n'),
  };
  await notifyOfficial(tx, found.supervisor, note);
  if (found.decision === 'instruction') {
    await notify(tx, channelOf(agency), { ...note, key: `${note.key}:agency` });
  }
  await recordAudit(tx, {
    key: `shortcoming:${id}:withdrawn`,
    at,
    messageId: found.messageId,
    subject: curator.name,
    action: 'недостаток снят',
    details: { shortcomingId: id, login: curator.login, grounds },
  });
}
