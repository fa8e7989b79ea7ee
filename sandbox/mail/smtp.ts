import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Refusals } from '../refusals.ts';
import type { Mailbox } from './mailbox.ts';

/** An SMTP server that takes everything, or answers 451 while `refusals` lasts. */
export async function startSmtp(
  deps: { mailbox: Mailbox; refusals: Refusals },
  host: string,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const { mailbox, refusals } = deps;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1000,
    size: 50 * 1024 * 1024,
    onMailFrom(_address, _session, done) {
      if (!refusals.take()) return done();
      const error = new Error('Temporary failure, try again later');
      done(Object.assign(error, { responseCode: 451 }));
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      simpleParser(stream, { skipTextToHtml: true }).then(
        (parsed) => {
          const from = mailFrom ? mailFrom.address : '';
          const mail = mailbox.add(
            parsed,
            from,
            rcptTo.map((to) => to.address),
          );
          done(null, `OK: mail ${mail.id}`);
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A client that hangs up is no reason to stop.
  server.on('error', () => undefined);
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
