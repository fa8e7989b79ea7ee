import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { confirmStart } from '../db/starts.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { card } from '../procedure/card.ts';
import type { Calendars } from '../registry/calendars.ts';
import { curatorAgency, regionSettings } from '../registry/queries.ts';
import { DEFAULT_REPEATS } from '../registry/settings.ts';
import { earlierOf, followUpText } from './follow-up.ts';
import { forget, remember } from './likeness.ts';
import { matchable } from './matchable.ts';

/**
 * The first job of a message's process (clause 2): one process has a message, and the database says
 * which. A process that came second ends at once.
 */
export function claimMessage(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
}): Handler {
  const { db, calendars, pageLink } = deps;
  const step = together(db);
  return handler(
    'claim-message',
    z.object({ messageId: z.uuid(), at: instant }),
    async ({ messageId, at }, { processInstanceKey }) =>
      step(messageId, async (tx, last) => {
        const [message, curator, settings] = await Promise.all([
          rowBy(tx, MessageEntity, { id: messageId }),
          curatorAgency(tx),
          regionSettings(tx),
          confirmStart(tx, 'message-detected', messageId),
        ]);
        const { zone, reminders, repeats = DEFAULT_REPEATS } = settings;
        const claimedBy = message.processInstanceKey ?? processInstanceKey;
        if (claimedBy !== processInstanceKey) return { claimed: false };
        const earlier = await earlierOf(tx, message);
        last(
          changeRows(
            tx,
            MessageEntity,
            { id: messageId, processInstanceKey: null },
            { processInstanceKey, status: 'triage' },
          ),
          remember(tx, message, at),
          forget(tx, repeats, at),
          recordAudit(tx, {
            key: `claimed:${messageId}`,
            at,
            messageId,
            subject: 'система',
            action: 'сообщение выявлено и передано куратору',
          }),
        );
        const remindAt = calendars
          .of(curator.hours)
          .warning(DateTime.fromJSDate(at), Duration.fromISO(reminders.triage));
        return {
          claimed: true,
          followUpText: earlier && followUpText(message, earlier, pageLink),
          card: card(message, { zone, pageLink: pageLink(messageId) }),
          text: matchable(message.text),
          remindAt: remindAt.toJSDate().toISOString(),
        };
      }),
  );
}
