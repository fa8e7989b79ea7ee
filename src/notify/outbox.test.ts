import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { OutboxEntryEntity } from '../db/entities/outbox.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { mailServer, type MailServer } from '../../test/smtp.ts';
import { until } from '../../test/until.ts';
import { createChannels } from './channels.ts';
import { emailChannel } from './email.ts';
import { notify } from './notify.ts';
import { sendDue, type Channels, type Notice } from './outbox.ts';
import { webhookChannel } from './webhook.ts';

const SECRET = 'a secret of sixteen';

describe('The outbox (clause 4)', () => {
  let database: TestDatabase;
  let smtp: MailServer;
  let channels: Channels;
  let closing: AbortController;

  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());
  beforeEach(async () => {
    smtp = await mailServer();
    closing = new AbortController();
    channels = createChannels(
      {
        smtpUrl: smtp.url,
        mailFrom: 'Отклик <otklik@smolensk.example>',
        webhookSecret: SECRET,
      },
      closing.signal,
    );
    await database.db.query('delete from outbox');
  });
  afterEach(() => {
    closing.abort();
    return smtp.close();
  });

  const mailTo = (address: string, key: string) =>
    notify(
      database.db.manager,
      { channel: 'email', address },
      { key, subject: `Поручение ${key}`, body: 'Ответить до 18:00.' },
    );
  const entry = (key: string) =>
    database.db.getRepository(OutboxEntryEntity).findOneByOrFail({ key });
  const send = () => sendDue(database.db, channels);
  const pausesEnd = () => database.db.query('update outbox set next_attempt_at = now()');

  it('sends a mail once', async () => {
    await mailTo('minzdrav@smolensk.example', 'a');
    await mailTo('minzdrav@smolensk.example', 'a');
    expect(await send()).to.equal(1);
    expect(await send()).to.equal(0);

    const [mail, ...more] = smtp.mails;
    expect(more).to.be.empty;
    expect(mail?.subject).to.equal('Поручение a');
    expect(mail?.text?.trim()).to.equal('Ответить до 18:00.');
    expect(mail?.from?.text).to.contain('otklik@smolensk.example');
    expect((await entry('a')).sentAt).to.be.instanceOf(Date);
  });

  it('sends files with a mail, the same bytes with each try', async () => {
    const file = {
      name: 'Отчёт за октябрь.docx',
      type: 'application/octet-stream',
      content: Buffer.from([0, 1, 2, 255]),
    };
    const attachments = [file, { ...file, name: 'svod.xlsx', content: Buffer.from('данные') }];
    smtp.behave('cut');
    for (let time = 0; time < 2; time++) {
      await notify(
        database.db.manager,
        { channel: 'email', address: 'vice@smolensk.example' },
        { key: 'files', subject: 'Данные', body: 'Во вложении.', attachments },
      );
    }
    expect(await send()).to.equal(0);
    smtp.behave('take');
    await pausesEnd();
    expect(await send()).to.equal(1);
    for (const mail of smtp.mails) {
      expect(mail.text?.trim()).to.equal('Во вложении.');
      expect(mail.attachments.map(({ filename, content }) => [filename, content])).to.deep.equal(
        attachments.map(({ name, content }) => [name, content]),
      );
    }
    expect(smtp.mails).to.have.length(2);
  });

  it('keeps a connection for the next mail, and takes another when the server has closed it', async () => {
    for (const key of ['a', 'b', 'c']) await mailTo('minzdrav@smolensk.example', key);
    expect(await send()).to.equal(3);
    expect(smtp.connections()).to.equal(1);
    await smtp.hangUp();
    await mailTo('minzdrav@smolensk.example', 'd');
    expect(await send()).to.equal(1);
    expect(smtp.connections()).to.equal(2);
  });

  it('lets no address wait for the mails of another', async () => {
    for (let number = 1; number <= 10; number++)
      await mailTo(`box-${number}@a.example`, `${number}`);
    smtp.behave('hold');
    const sending = send();
    await until(() => smtp.mails.length === 10);
    smtp.behave('take');
    expect(await sending).to.equal(10);
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    channels.email = emailChannel(`smtp://127.0.0.1:${port}`, 'o@a.example', closing.signal, 100);
    await mailTo('minzdrav@smolensk.example', 'a');
    expect(await send()).to.equal(0);
    expect((await entry('a')).lastError).to.match(/Timeout|Greeting never received/);
    silent.close();
  });

  it('keeps what the server refuses, and sends it later', async () => {
    smtp.behave('refuse');
    await mailTo('minzdrav@smolensk.example', 'a');
    const before = Date.now();
    expect(await send()).to.equal(0);
    const kept = await entry('a');
    expect(kept).to.include({ attempts: 1, sentAt: null });
    expect(kept.lastError).to.contain('try again later');
    expect(kept.nextAttemptAt.getTime()).to.be.greaterThan(before);
    expect(await send(), 'during the pause').to.equal(0);

    smtp.behave('take');
    await pausesEnd();
    expect(await send()).to.equal(1);
    expect(await entry('a')).to.include({ attempts: 2, lastError: null });
  });

  it('waits longer with each try', async () => {
    channels.email = () => Promise.reject(new Error('away'));
    await mailTo('minzdrav@smolensk.example', 'a');
    const pause = async () => {
      await pausesEnd();
      await send();
      const [row] = await database.db.query<[{ seconds: number }]>(
        'select extract(epoch from next_attempt_at - now())::float as seconds from outbox',
      );
      return row.seconds;
    };
    expect(await pause()).to.be.at.most(2);
    await database.db.query('update outbox set attempts = 20');
    expect(await pause()).to.be.within(60, 300);
  });

  it('keeps the order of one address while others go on', async () => {
    const arrived: string[] = [];
    let away = true;
    channels.email = ({ key, address }) => {
      if (away && address.startsWith('minzdrav')) return Promise.reject(new Error('away'));
      arrived.push(key);
      return Promise.resolve();
    };
    await mailTo('minzdrav@smolensk.example', '1');
    await mailTo('minzdrav@smolensk.example', '2');
    await mailTo('minobr@smolensk.example', '3');
    await send();
    expect(arrived).to.deep.equal(['3']);
    expect((await entry('2')).attempts).to.equal(0);

    away = false;
    await mailTo('minzdrav@smolensk.example', '4');
    await send();
    expect(arrived, 'during the pause').to.deep.equal(['3']);
    await pausesEnd();
    expect(await send()).to.equal(3);
    expect(arrived).to.deep.equal(['3', '1', '2', '4']);
  });

  it('claims several notices to one address at once, and gives back those that it does not try', async () => {
    for (let number = 1; number <= 7; number++) await mailTo('gzhi@smolensk.example', `${number}`);
    const tries: string[] = [];
    const claimed = () =>
      database.db
        .query<{ key: string }[]>(
          'select key from outbox where sent_at is null and next_attempt_at > now() order by created_at, id',
        )
        .then((rows) => rows.map(({ key }) => key));
    let inHand: string[] = [];
    channels.email = async ({ key }) => {
      inHand = await claimed();
      tries.push(key);
      if (key === '3') throw new Error('away');
    };
    expect(await send()).to.equal(2);
    expect(tries).to.deep.equal(['1', '2', '3']);
    expect(inHand).to.deep.equal(['3', '4', '5']);
    expect(await claimed(), 'it waits for its next try').to.deep.equal(['3']);
    for (const key of ['4', '5', '6']) expect(await entry(key)).to.include({ attempts: 0 });
    expect(await send(), 'behind it').to.equal(0);

    channels.email = ({ key }) => Promise.resolve(void tries.push(key));
    await pausesEnd();
    expect(await send()).to.equal(5);
    expect(tries.slice(3)).to.deep.equal(['3', '4', '5', '6', '7']);
  });

  it('keeps the order of one address between two senders', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `${index}`);
    for (const key of keys) await mailTo('gzhi@smolensk.example', key);
    const arrived: string[] = [];
    channels.email = ({ key }) => Promise.resolve(void arrived.push(key));
    const counts = await Promise.all([send(), send()]);
    expect(counts[0] + counts[1]).to.equal(keys.length);
    expect(arrived).to.deep.equal(keys);
  });

  it('sends again under the same Message-ID when the connection is cut after the mail', async () => {
    smtp.behave('cut');
    await mailTo('minzdrav@smolensk.example', 'a');
    expect(await send()).to.equal(0);
    smtp.behave('take');
    await pausesEnd();
    expect(await send()).to.equal(1);

    const ids = smtp.mails.map(({ messageId }) => messageId);
    expect(ids).to.have.length(2);
    expect(ids[0]).to.match(/^<.+@.+>$/);
    expect(ids[1]).to.equal(ids[0]);
  });

  it('gives each notice to one of two senders', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
    for (const [index, key] of keys.entries()) await mailTo(`box-${index % 7}@a.example`, key);
    const counts = await Promise.all([send(), send()]);
    expect(counts[0] + counts[1]).to.equal(keys.length);
    expect(smtp.mails.map(({ subject }) => subject?.split(' ')[1])).to.have.members(keys);
  });

  it('takes up what a sender that died had claimed', async () => {
    await mailTo('minzdrav@smolensk.example', 'a');
    let claimed = (_: Notice): void => undefined;
    const inHand = new Promise<Notice>((resolve) => (claimed = resolve));
    let hangUp = (): void => undefined;
    channels.email = (notice) => {
      claimed(notice);
      return new Promise((_, reject) => (hangUp = () => reject(new Error('died'))));
    };
    const dying = send();
    await inHand;
    const second: string[] = [];
    const other: Channels = {
      ...channels,
      email: ({ key }) => Promise.resolve(void second.push(key)),
    };
    expect(await sendDue(database.db, other), 'while it is claimed').to.equal(0);
    await pausesEnd();
    expect(await sendDue(database.db, other)).to.equal(1);
    expect(second).to.deep.equal(['a']);
    hangUp();
    await dying;
    expect((await entry('a')).sentAt).to.be.instanceOf(Date);
  });

  it('begins no try late in a claim, when others would soon take the notice', async () => {
    const keys = ['1', '2', '3'];
    for (const key of keys) await mailTo('gzhi@smolensk.example', key);
    const claims: Date[] = [];
    channels.email = async ({ key }) => {
      claims.push((await entry(key)).nextAttemptAt);
      if (claims.length === 1) await sleep(150);
    };
    expect(await sendDue(database.db, channels, undefined, 0.3)).to.equal(3);
    expect(claims[1], 'claimed anew').to.be.greaterThan(claims[0]!);
    for (const key of keys) expect(await entry(key)).to.include({ attempts: 1 });
  });

  it('stops when told to, after the tries in hand', async () => {
    await mailTo('minzdrav@smolensk.example', '1');
    await mailTo('minzdrav@smolensk.example', '2');
    const stopping = new AbortController();
    channels.email = () => {
      stopping.abort();
      return Promise.resolve();
    };
    expect(await sendDue(database.db, channels, stopping.signal)).to.equal(1);
    expect(await sendDue(database.db, channels, stopping.signal)).to.equal(0);
    expect((await entry('2')).attempts).to.equal(0);
  });

  describe('webhooks', () => {
    let calls: { signature: unknown; body: string }[];
    let status: number;
    let url: string;
    let close: () => Promise<void>;

    beforeEach(async () => {
      calls = [];
      status = 200;
      const server = createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (part: string) => (body += part));
        request.on('end', () => {
          calls.push({ signature: request.headers['x-otklik-signature'], body });
          // 0: no answer at all
          if (status === 0) return;
          response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('ok');
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      close = () =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
    });
    afterEach(() => close());

    const call = () =>
      notify(
        database.db.manager,
        { channel: 'webhook', address: url },
        { key: 'a', subject: 'Поручение', body: 'Текст', payload: { assignmentId: '7' } },
      );

    it('are signed', async () => {
      await call();
      expect(await send()).to.equal(1);
      const [{ signature, body } = { signature: '', body: '' }] = calls;
      expect(JSON.parse(body)).to.deep.equal({
        key: 'a',
        subject: 'Поручение',
        text: 'Текст',
        assignmentId: '7',
      });
      expect(signature).to.equal(
        `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
      );
    });

    it('are not waited for without end', async () => {
      status = 0;
      channels.webhook = webhookChannel(SECRET, 50);
      await call();
      expect(await send()).to.equal(0);
      expect((await entry('a')).lastError).to.contain('timeout');
    });

    it('that do not answer stop no mail', async () => {
      status = 0;
      channels.webhook = webhookChannel(SECRET, 50);
      await call();
      await mailTo('minzdrav@smolensk.example', 'b');
      expect(await send()).to.equal(1);
      expect(smtp.mails.map(({ subject }) => subject)).to.deep.equal(['Поручение b']);
    });

    it('carry no signature without a secret', async () => {
      channels.webhook = webhookChannel(null);
      await call();
      expect(await send()).to.equal(1);
      expect(calls[0]?.signature).to.be.undefined;
    });

    for (const answer of [302, 404, 500]) {
      it(`are called again after ${answer}`, async () => {
        status = answer;
        await call();
        expect(await send()).to.equal(0);
        expect(calls).to.have.length(1);
        const why = answer === 302 ? 'unexpected redirect' : String(answer);
        expect((await entry('a')).lastError).to.contain(why);
        status = 204;
        await pausesEnd();
        expect(await send()).to.equal(1);
        expect(calls[1]).to.deep.equal(calls[0]);
      });
    }
  });
});
