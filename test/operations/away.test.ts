import { expect } from 'chai';
import { freePorts } from '../../stack/ports.ts';
import { act } from '../system/act.ts';
import type { MessageInWork } from '../system/message.ts';
import { inWork } from '../system/stages.ts';
import { until } from '../until.ts';
import { startMain, type MainProcess } from './main-process.ts';
import { openProxy, type Proxy } from './proxy.ts';

type PartName = 'database' | 'engine' | 'mail';

describe('While something is away', () => {
  const given = act();
  let networks: Record<PartName, Proxy>;
  let main: MainProcess;

  before(async () => {
    const { stack, sandbox } = given.system;
    networks = {
      database: await openProxy(Number(new URL(stack.urls.databaseUrl).port)),
      engine: await openProxy(Number(stack.urls.grpcAddress.split(':')[1])),
      mail: await openProxy(sandbox.mail.port),
    };
  });
  after(() => Promise.all(Object.values(networks).map((network) => network.close())));
  beforeEach('a process of its own', async function () {
    this.timeout(60_000);
    this.currentTest?.timeout(240_000);
    await given.system.stopApplication();
    for (const network of Object.values(networks)) network.pass();
  });
  afterEach(async function () {
    this.timeout(60_000);
    main.tell('SIGTERM');
    expect((await main.ended).code).to.equal(0);
    await given.system.startApplication();
  });

  /** The application, with a network of its own to each part. */
  async function start(): Promise<void> {
    const url = new URL(given.system.stack.urls.databaseUrl);
    url.port = String(networks.database.port);
    main = startMain({
      ...given.system.environment,
      DATABASE_URL: url.href,
      OTKLIK_GRPC_ADDRESS: `127.0.0.1:${networks.engine.port}`,
      OTKLIK_SMTP_URL: `smtp://127.0.0.1:${networks.mail.port}`,
      OTKLIK_PORT: String((await freePorts()).tasklist),
    });
  }

  const answers = () =>
    until(() =>
      fetch(`${main.url}/health/live`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );

  const missing = async (): Promise<string[]> =>
    ((await main.ready()).missing ?? []).map(({ part }) => part);

  const told = (msg: string, part: PartName) =>
    main.lines(msg).filter((line) => line['part'] === part).length;

  /** Waits until the draft is before the curator; what was postponed is tried again by the engine's clock. */
  const atReview = (message: MessageInWork) =>
    given.otklik.until(
      'the review',
      message,
      () =>
        given.system.view.tasks(message.instance).some((it) => it.elementId === 'review-answer'),
      { nudging: true },
    );

  /** One line when it went away and one when it came back, and nothing else above `info`. */
  function saidOnce(...parts: PartName[]): void {
    for (const part of parts) {
      expect(told('is away, waiting for it', part), `${part} away`).to.equal(1);
      expect(told('is back', part), `${part} back`).to.equal(1);
    }
    const loud = main
      .output()
      .split('\n')
      .filter((line) => /"level":[456]0/.test(line) && !line.includes('is away, waiting'));
    expect(loud).to.deep.equal([]);
  }

  it('at the start, it waits and then begins', async () => {
    networks.database.cut();
    networks.engine.cut();
    networks.mail.cut();
    await start();
    await answers();
    const { code, status, missing: parts = [] } = await main.ready();
    expect({ code, status }).to.deep.equal({ code: 503, status: 'unavailable' });
    expect(parts.map(({ part }) => part)).to.deep.equal(['database', 'engine']);
    expect(Date.parse(parts[0]?.since ?? '')).to.be.at.most(Date.now());
    expect((await fetch(main.url)).status).to.equal(503);

    networks.engine.pass();
    await until(async () => (await missing()).join() === 'database');
    networks.database.pass();
    await until(async () => (await main.ready()).status === 'degraded');
    networks.mail.pass();
    await until(async () => (await main.ready()).status === 'ok');
    await inWork(given);
    saidOnce('database', 'engine', 'mail');
  });

  it('at the start, it ends in good order when told to', async () => {
    networks.database.swallow();
    networks.engine.swallow();
    await start();
    await answers();
    main.tell('SIGTERM');
    const { code, ms } = await main.ended;
    expect(code).to.equal(0);
    expect(ms).to.be.below(10_000);
  });

  for (const part of ['database', 'engine'] as const) {
    it(`in the middle, it waits for the ${part} and goes on`, async () => {
      const { city, otklik, curator, executor } = given;
      await start();
      await main.isReady();
      const { message } = await inWork(given);
      networks[part].cut();
      await until(async () => (await missing()).includes(part));
      expect((await fetch(`${main.url}/health/live`)).status).to.equal(200);
      await executor('minzhkh').drafts(message, 'Отопление включено.');
      const post = city.writes('Пока чего-то не было, отключили воду.');
      networks[part].pass();
      await main.isReady();
      await atReview(message);
      await curator.publishes(message);
      await otklik.ended(message, { nudging: true });
      await otklik.detected(post);
      expect(await message.drafts('minzhkh')).to.have.length(1);
      saidOnce(part);
    });
  }

  it('without a word, it notices, says so and goes on', async () => {
    const { otklik, curator, executor, clock } = given;
    await start();
    await main.isReady();
    const { message } = await inWork(given);
    networks.database.swallow();
    networks.engine.swallow();
    await until(async () => (await missing()).join() === 'database,engine');
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    networks.database.pass();
    networks.engine.pass();
    await main.isReady();
    // Jobs that were handed out into the silence come again by the engine's clock.
    await clock.nudge(61_000);
    await atReview(message);
    await curator.publishes(message);
    await otklik.ended(message, { nudging: true });
    expect(await message.drafts('minzhkh')).to.have.length(1);
    saidOnce('database', 'engine');
  });

  it('or only slow, the work goes on slowly', async () => {
    const { otklik, curator, executor } = given;
    await start();
    await main.isReady();
    networks.database.slow(30);
    networks.engine.slow(30);
    const { message, post } = await inWork(given);
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.publishes(message);
    await otklik.ended(message, { nudging: true });
    expect(post.replies()).to.have.length(1);
    expect((await main.ready()).code).to.equal(200);
  });

  it('the mail waits, the rest goes on (clause 4)', async () => {
    const { city, otklik, curator, executor, system } = given;
    await start();
    await main.isReady();
    networks.mail.cut();
    const post = city.writes('Нет отопления.');
    const message = await otklik.detected(post);
    await curator.triages(message, { agencies: ['gzhi'] });
    await executor('gzhi').sees(message);
    await until(async () => (await main.ready()).degraded?.[0]?.part === 'mail');
    expect((await main.ready()).code).to.equal(200);
    const mails = system.sandbox.mail.messages().length;
    networks.mail.pass();
    await until(async () => (await main.ready()).status === 'ok');
    await until(() => system.sandbox.mail.messages().length > mails);
    saidOnce('mail');
  });
});
