import { z } from 'zod';
import { recordViews } from '../access/record-views.ts';
import type { Database } from '../db/data-source.ts';
import { storable } from '../monitor/text.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { countMessages, listMessages } from './message-query.ts';
import { messageView, viewMessage } from './message-view.ts';
import { code, flag, instant, NETWORKS, several, STATUSES } from './words.ts';

const LONGEST_PAGE = 200;

const query = z.strictObject({
  status: several(z.enum(STATUSES)).describe('Состояние; можно повторять'),
  network: several(z.enum(NETWORKS)).describe('Социальная сеть; можно повторять'),
  agency: several(code).describe('Код органа, которому сообщение поручалось; можно повторять'),
  topic: several(code).describe('Код темы; можно повторять'),
  municipality: several(code).describe('Код муниципального образования; можно повторять'),
  urgent: flag.optional().describe('Отмечено как срочное'),
  overdue: flag.optional().describe('Идёт просроченный срок'),
  q: z
    .string()
    .max(200)
    .transform((text) => storable(text))
    .optional()
    .describe('Слова текста в любой форме; «-слово» исключает, кавычки ищут подряд'),
  detectedFrom: instant.optional().describe('Обнаружено не раньше'),
  detectedTo: instant.optional().describe('Обнаружено раньше'),
  dueBefore: instant.optional().describe('Есть идущий срок, истекающий раньше'),
  sort: z
    .enum(['detected', 'due'])
    .default('detected')
    .describe(
      '`detected` — сначала новые; `due` — сначала с ближайшим сроком, только сообщения с идущими сроками',
    ),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LONGEST_PAGE)
    .default(50)
    .describe('Сообщений на странице'),
  cursor: z.string().max(300).optional().describe('`next` предыдущей страницы'),
  total: flag.optional().describe('Посчитать, сколько сообщений всего'),
});

export const messagePage = z.strictObject({
  items: z.array(messageView),
  next: z.string().nullable().describe('Для параметра `cursor`; null — страница последняя'),
  total: z.int().optional().describe('Сколько сообщений всего, если спрошено'),
});

/** Lists messages page by page; new ones neither move nor double what is on later pages. */
export function listMessagesEndpoint({ db }: { db: Database }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/messages',
    operationId: 'listMessages',
    summary: 'Список сообщений',
    description:
      'Страница за страницей: `next` ответа — в `cursor` следующего запроса, остальные параметры те же. ' +
      'Новые сообщения не сдвигают следующих страниц.',
    action: 'messages:read',
    query,
    answers: { 200: { description: 'Страница списка', schema: messagePage } },
    problems: ['invalid-parameters'],
    async run({ query: { sort, limit, cursor, total, ...filter }, principal }) {
      const scope = principal.agencies;
      const from = cursor === undefined ? null : readCursor(cursor, sort);
      const listed = { filter, scope, sort };
      // One more than asked for tells whether there is another page.
      const rows = await listMessages(db.manager, { ...listed, cursor: from, limit: limit + 1 });
      const page = rows.slice(0, limit);
      await recordViews(
        db.manager,
        principal,
        page.map(({ id }) => id),
        new Date(),
      );
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        status: 200,
        body: {
          items: page.map(viewMessage),
          next: last ? writeCursor({ sort, at: last.position, id: last.id }) : null,
          ...(total && { total: await countMessages(db.manager, listed) }),
        },
      };
    },
  });
}
