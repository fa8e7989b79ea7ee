import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Part } from '../health.ts';
import { isMailAway } from './mail-away.ts';
import type { Channel } from './outbox.ts';

const PATIENCE_MS = 15_000;

/** Sends mail through the server at `smtpUrl`; the Message-ID comes from the entry's key. */
export function emailChannel(smtpUrl: string, from: string): Channel {
  const transport = transportTo(smtpUrl, from);
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
export function mailProbe(smtpUrl: string, from: string): () => Promise<unknown> {
  const transport = transportTo(smtpUrl, from);
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

const transportTo = (smtpUrl: string, from: string) =>
  createTransport(smtpUrl, {
    from,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  } as never);
