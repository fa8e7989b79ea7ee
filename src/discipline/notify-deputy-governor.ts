import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial } from '../notify/notify.ts';
import type { Calendars } from '../registry/calendars.ts';
import { evidenceTime } from './evidence-time.ts';
import { evidenceOf } from './evidence.ts';

/** Tells the deputy governor who supervises the agency of its shortcoming, once (clause 13). */
export function notifyDeputyGovernor(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  shortcomingLink: (shortcomingId: string) => string;
}): Handler {
  const { db, calendars, pageLink, shortcomingLink } = deps;
  return handler(
    'notify-deputy-governor',
    z.object({ shortcomingId: z.uuid() }),
    async ({ shortcomingId }) => {
      await db.transaction(async (tx) => {
        const { openedAt, withdrawnAt } = await rowBy(tx, ShortcomingEntity, {
          id: shortcomingId,
        });
        if (withdrawnAt !== null) return;
        const asOf = (await evidenceTime(tx, shortcomingId)) ?? openedAt;
        const { shortcoming, agency, message, facts } = await evidenceOf(
          tx,
          calendars,
          shortcomingId,
          asOf,
        );
        await notifyOfficial(tx, shortcoming.supervisor, {
          key: `shortcoming:${shortcomingId}:notice`,
          subject: `Недостаток в работе с сообщением жителя: ${agency.shortName}`,
          body: [
            'В соответствии с пунктом 13 Порядка сообщаем о недостатке в работе с информацией в социальных сетях.',
            '',
            ...facts.map(([label, value]) => `${label}: ${value}`),
            `Сообщение: ${message.url}`,
            `Недостаток в реестре: ${shortcomingLink(shortcomingId)}`,
            `История и доказательства: ${pageLink(shortcoming.messageId)}`,
            '',
            'Решение принимается в задаче «Рассмотреть недостаток».',
          ].join('\n'),
        });
      });
    },
  );
}
