import { z } from 'zod';
import { recordViews } from '../access/record-views.ts';
import type { Database } from '../db/data-source.ts';
import { loadHistory } from '../db/history.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { historyView, viewHistory } from './history-view.ts';
import { oneMessage } from './message-query.ts';
import { Problem } from './problem.ts';

/** One message with its whole history; another agency's is not there. */
export function readMessageEndpoint({ db }: { db: Database }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/messages/{id}',
    operationId: 'readMessage',
    summary: 'Сообщение и его история',
    description:
      'Кто, что и когда сделал; каждый срок и почему он такой; проекты, возвраты, решения, публикация с ' +
      'подтверждением, недостатки.',
    action: 'messages:read',
    params: z.strictObject({ id: z.uuid().describe('Номер сообщения') }),
    answers: { 200: { description: 'Сообщение', schema: historyView } },
    problems: ['not-found'],
    async run({ params: { id }, principal }) {
      const message = await oneMessage(db.manager, id, principal.agencies);
      const history = message && (await loadHistory(db, message.id));
      if (!message || !history) throw new Problem('not-found', 'Такого сообщения нет.');
      await recordViews(db.manager, principal, [message.id], new Date());
      return { status: 200, body: viewHistory(message, history, principal) };
    },
  });
}
