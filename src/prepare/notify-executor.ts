import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { together } from '../db/together.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify } from '../notify/notify.ts';
import { localTime } from '../procedure/local-time.ts';
import { regionSettings } from '../registry/queries.ts';
import { clockOf, factsOf } from './assignment-facts.ts';

const EXCERPT = 500;

/** Hands the assignment over through the channel agreed with the agency (clause 4). */
export function notifyExecutor(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
  tasklistUrl: string;
}): Handler {
  const { db, pageLink, tasklistUrl } = deps;
  const step = together(db);
  return handler(
    'notify-executor',
    z.object({ messageId: z.uuid(), assignmentId: z.uuid() }),
    async (job) => {
      await step(job.messageId, async (tx, last) => {
        const [{ assignment, agency, message }, { zone }, returning, drafting] = await Promise.all([
          factsOf(tx, job.assignmentId),
          regionSettings(tx),
          clockOf(tx, job.assignmentId, 'return'),
          clockOf(tx, job.assignmentId, 'draft'),
        ]);
        const due = localTime(drafting.dueAt, zone);
        last(
          notify(tx, channelOf(agency), {
            key: `assigned:${assignment.id}`,
            subject: `Поручение: ответ на сообщение жителя до ${due}`,
            body: [
              `${agency.name}: поступило сообщение жителя, нужен проект ответа.`,
              '',
              Array.from(message.text).slice(0, EXCERPT).join(''),
              '',
              `Сообщение: ${message.url}`,
              `Ответить до: ${due}${drafting.provisional ? ', предварительно' : ''} (п. 6 Порядка)`,
              `Вернуть, если не ваша компетенция, до: ${localTime(returning.dueAt, zone)} (п. 5 Порядка)`,
              ...(message.note === null ? [] : [`Указания куратора: ${message.note}`]),
              '',
              `Задача: ${tasklistUrl}/tasklist`,
              `История сообщения: ${pageLink(message.id)}`,
            ].join('\n'),
            payload: {
              assignmentId: assignment.id,
              messageUrl: message.url,
              dueAt: drafting.dueAt.toISOString(),
              returnDueAt: returning.dueAt.toISOString(),
            },
          }),
        );
      });
    },
  );
}
