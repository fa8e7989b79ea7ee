import type { Mail } from '../../sandbox/mail/mailbox.ts';
import type { System } from './system.ts';
import { eventually } from './wait.ts';

/** What arrived by mail. */
export const inbox = ({ sandbox, db }: System) => ({
  /** Mails to an address whose subject or text has `words`, earliest first, once all that is due was sent. */
  async of(address: string, ...words: string[]): Promise<Mail[]> {
    await eventually('all notices to be sent', async () => {
      const [row] = await db.query<{ n: number }[]>(
        'select count(*)::int as n from outbox where sent_at is null',
      );
      return row?.n === 0;
    });
    return sandbox.mail
      .messages(`${address}@smolensk.example`)
      .filter(({ subject, text }) => words.every((word) => `${subject}\n${text}`.includes(word)))
      .toReversed();
  },
});
