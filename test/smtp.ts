import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

type Behaviour = 'take' | 'refuse' | 'cut';

export interface MailServer {
  url: string;
  /** What arrived, in order. */
  mails: ParsedMail[];
  /** From now on it takes mails, answers 451, or takes the mail and hangs up before it says so. */
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

/** A real SMTP server of its own for a test. */
export async function mailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const sockets = new Map<number | undefined, Socket>();
  let behaviour: Behaviour = 'take';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onMailFrom(_address, _session, done) {
      const refusal = Object.assign(new Error('try again later'), { responseCode: 451 });
      done(behaviour === 'refuse' ? refusal : null);
    },
    onData(stream, { remotePort }, done) {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        if (behaviour === 'cut') sockets.get(remotePort)?.destroy();
        else done();
      });
    },
  });
  server.server.on('connection', (socket: Socket) => sockets.set(socket.remotePort, socket));
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    behave(how) {
      behaviour = how;
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
