import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Part } from '../health.ts';
import { isMailAway } from './mail-away.ts';
import { AT_ONCE, type Channel } from './outbox.ts';

const PATIENCE_MS = 15_000;
/** Well below what servers wait for the next mail. */
const IDLE_MS = 30_000;

/**
 * Sends mail through the server at `smtpUrl`; the Message-ID comes from the entry's key. A connection is
 * kept for the next mail; those that are left are closed once `signal` is aborted and no mail is under way.
 */
export function emailChannel(
  smtpUrl: string,
  from: string,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Channel {
  const transport = createTransport({
    ...connectionTo(smtpUrl, patienceMs),
    pool: true,
    maxConnections: AT_ONCE,
    idleTimeout: IDLE_MS,
    // Each try is the outbox's to count.
    maxRequeues: 0,
  });
  signal.addEventListener('abort', () => transport.close());
  return async ({ key, address, subject, body, attachments }) => {
    const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
    await transport.sendMail({
      from,
      to: address,
      subject,
      messageId: `<${id}@otklik>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(body.startsWith('<') ? { html: body } : { text: body }),
      attachments: attachments.map(({ name, type, content }) => ({
        filename: name,
        contentType: type,
        content,
      })),
    });
  };
}

/** Connects to the mail server and logs in, without sending anything; throws when it is away. */
export function mailProbe(smtpUrl: string): () => Promise<unknown> {
  const transport = createTransport(connectionTo(smtpUrl, PATIENCE_MS));
  return () => transport.verify();
}

/** Tells `mail` whether the server answered, notice by notice. */
export const noticing =
  (mail: Pick<Part, 'found' | 'lost'>, channel: Channel): Channel =>
  (notice) =>
    channel(notice).then(mail.found, (error: unknown) => {
      if (isMailAway(error)) mail.lost(error);
      else mail.found();
      throw error;
    });

const connectionTo = (url: string, patienceMs: number) => ({
  url,
  connectionTimeout: patienceMs,
  greetingTimeout: patienceMs,
  socketTimeout: patienceMs,
});
