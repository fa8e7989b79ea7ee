import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { may } from '../access/rights.ts';
import { recordAudit } from '../db/audit.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { databaseNow } from '../db/now.ts';
import { noteFault as record } from '../discipline/note-fault.ts';
import { InputError } from '../errors.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { within } from '../within.ts';
import type { HttpDeps } from './deps.ts';
import { page } from './frame.ts';
import { rightIn } from './message-right.ts';

const ANSWER_WITHIN_MS = 10_000;
/** The running process takes the withdrawal up at once or not at all. */
const KEPT_MS = 60_000;

const withdrawal = z.object({
  reason: requiredText(1_000, 'Укажите причину: не менее 5 знаков.', 5),
});

/** The curator takes a message off: its process is told why. */
export const withdraw =
  ({ db, engine }: HttpDeps): RequestHandler<{ id: string }> =>
  async (request, response) => {
    const { reason } = readSubmission(withdrawal, request.body);
    const { id } = request.params;
    const message = await db.manager.findOneBy(MessageEntity, { id });
    if (message === null) {
      response.status(404).send(page(response, 'Сообщение не найдено', ''));
    } else if (message.finishedAt !== null) {
      throw new InputError('Работа с сообщением уже закончена: снять его нельзя.');
    } else {
      await within(
        ANSWER_WITHIN_MS,
        engine.publishMessage({
          name: 'message-withdrawn',
          correlationKey: id,
          timeToLive: KEPT_MS,
          variables: { reason },
        }),
      );
      await recordAudit(db.manager, {
        key: `withdrawal-asked:${randomUUID()}`,
        at: await databaseNow(db.manager),
        messageId: id,
        subject: rightIn(response).principal?.name ?? 'куратор, по ссылке',
        action: `просит снять с рассмотрения: ${reason}`,
        details: { login: rightIn(response).principal?.login ?? null },
      });
      response.send(
        page(response, 'Сообщение снимается с рассмотрения', '<p>Сроки остановлены.</p>'),
      );
    }
  };

/** Faults are noted by people who signed in: a link does not say by whom. */
export const mayNoteFaults: RequestHandler<{ id: string }> = (_request, response, next) => {
  const { principal } = rightIn(response);
  if (principal !== null && may(principal, 'shortcomings:keep')) {
    next();
    return;
  }
  const hint = '<p>Отметить недостаток может куратор, войдя в систему.</p>';
  response.status(403).send(page(response, 'Нет доступа', hint));
};

/** The curator notes a fault of substance, which opens a shortcoming (clauses 12, 13). */
export const noteFault =
  ({ db }: HttpDeps): RequestHandler<{ id: string }> =>
  async (request, response) => {
    const { principal } = rightIn(response);
    if (principal === null) throw new Error('a fault is noted by nobody');
    const { id } = await db.transaction(async (tx) =>
      record(tx, request.params.id, request.body, principal, await databaseNow(tx)),
    );
    response.redirect(303, `/shortcomings/${id}`);
  };
