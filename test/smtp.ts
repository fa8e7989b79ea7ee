import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

type Behaviour = 'take' | 'refuse' | 'cut' | 'hold';

export interface MailServer {
  url: string;
  /** What arrived, in order. */
  mails: ParsedMail[];
  /**
   * From now on it takes mails, answers 451, takes the mail and hangs up before it says so, or says so
   * only once it behaves otherwise.
   */
  behave(how: Behaviour): void;
  /** How many were made. */
  connections(): number;
  /** Ends those that are open; resolves when the other side has ended them too. */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server of its own for a test. */
export async function mailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const sockets = new Map<number | undefined, Socket>();
  let behaviour: Behaviour = 'take';
  const held: (() => void)[] = [];
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
        else if (behaviour === 'hold') held.push(done);
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
      if (how !== 'hold') held.splice(0).forEach((done) => done());
    },
    connections: () => sockets.size,
    async hangUp() {
      const open = [...sockets.values()].filter(({ destroyed }) => !destroyed);
      await Promise.all(
        open.map((socket) => {
          socket.end();
          return once(socket, 'close');
        }),
      );
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
