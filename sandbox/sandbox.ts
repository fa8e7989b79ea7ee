import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { createFacebook } from './facebook/facebook.ts';
import { createHooks, type Hooks } from './hooks/hooks.ts';
import { createHooksPage } from './hooks/page.ts';
import { createInstagram } from './instagram/instagram.ts';
import { createMailbox, type Mail } from './mail/mailbox.ts';
import { createMailPage } from './mail/page.ts';
import { startSmtp } from './mail/smtp.ts';
import type { MetaControl } from './meta/network.ts';
import type { MetaOptions } from './meta/options.ts';
import type { Network } from './networks.ts';
import { createOk, type OkControl } from './ok/ok.ts';
import type { OkOptions } from './ok/options.ts';
import type { Tab } from './page/layout.ts';
import { portTaken } from './port.ts';
import { createRefusals } from './refusals.ts';
import { openStorage } from './storage.ts';
import type { VkOptions } from './vk/options.ts';
import { createVk, type VkControl } from './vk/vk.ts';
import type { XOptions } from './x/options.ts';
import { createX, type XControl } from './x/x.ts';

export interface SandboxOptions {
  /** 0: any free port. Default 3100. */
  port?: number;
  /** 0: any free port. Default 3125. */
  smtpPort?: number;
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** The folder that gets a `sandbox/` folder; null (default): in memory. */
  dataDir?: string | null;
  /** The clock of posts and mails. */
  now?: () => Date;
  vk?: Partial<VkOptions>;
  ok?: Partial<OkOptions>;
  x?: Partial<XOptions>;
  facebook?: Partial<MetaOptions>;
  instagram?: Partial<MetaOptions>;
}

export interface Sandbox {
  /** Without a slash at the end. */
  url: string;
  vk: VkControl & { url: string };
  ok: OkControl & { url: string };
  x: XControl & { url: string };
  facebook: MetaControl & { url: string };
  instagram: MetaControl & { url: string };
  mail: {
    port: number;
    /** Newest first. */
    messages(to?: string): Mail[];
    clear(): void;
    /** Answer 451 to the next `times` mails; null: until `refuse(0)`. */
    refuse(times: number | null): void;
  };
  hooks: Pick<Hooks, 'messages' | 'clear'> & {
    /** Answer 503 to the next `times` calls; null: until `refuse(0)`. */
    refuse(times: number | null): void;
  };
  close(): Promise<void>;
}

/**
 * Starts the stand-in for the outside world: networks, mail and webhooks.
 * Rejects when a port is taken, with the setting that moves it.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', dataDir = null, now = () => new Date() } = options;
  let url = '';
  const networks: Network[] = [];
  const tabs = (): Tab[] => [
    ...networks.map(({ code, title }) => ({ href: `/${code}`, title })),
    { href: '/mail', title: 'Почта' },
    { href: '/hooks', title: 'Веб-хуки' },
  ];

  const storage = openStorage(dataDir, 'vk');
  const vk = createVk({ storage, now, url: () => url, tabs, options: options.vk });
  const okStorage = openStorage(dataDir, 'ok');
  const ok = createOk({ storage: okStorage, now, url: () => url, tabs, options: options.ok });
  networks.push(vk.network, ok.network);
  const xStorage = openStorage(dataDir, 'x');
  const x = createX({ storage: xStorage, now, url: () => url, tabs, options: options.x });
  networks.push(x.network);
  const facebook = createFacebook({
    storage: openStorage(dataDir, 'facebook'),
    now,
    url: () => url,
    tabs,
    options: options.facebook,
  });
  const instagram = createInstagram({
    storage: openStorage(dataDir, 'instagram'),
    now,
    url: () => url,
    tabs,
    options: options.instagram,
  });
  networks.push(facebook.network, instagram.network);
  const mailbox = createMailbox(openStorage(dataDir, 'mail'), now);
  const mailRefusals = createRefusals();
  const hooks = createHooks(openStorage(dataDir, 'hooks'), now);
  const hookRefusals = createRefusals();

  const smtp = await startSmtp(
    { mailbox, refusals: mailRefusals },
    host,
    options.smtpPort ?? 3125,
  ).catch(portTaken('OTKLIK_SANDBOX_SMTP_PORT'));

  const app = express();
  app.disable('x-powered-by');
  app.use((_req, res, next) => {
    res.set('x-content-type-options', 'nosniff');
    res.set('content-security-policy', "default-src 'self'; img-src 'self' data:");
    next();
  });
  app.use('/public', express.static(new URL('./public', import.meta.url).pathname));
  // The page of the first network is the front page too.
  app.get('/', (req, _res, next) => {
    req.url = `/${networks[0]?.code}${req.url.slice(1)}`;
    next();
  });
  for (const { code, router } of networks) app.use(`/${code}`, router);
  app.use(
    '/mail',
    createMailPage({ mailbox, refusals: mailRefusals, smtpPort: () => smtp.port, tabs }),
  );
  app.use('/hooks', createHooksPage({ hooks, refusals: hookRefusals, tabs }));
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    const known =
      (error as { status?: number }).status ?? (error instanceof RangeError ? 400 : 500);
    if (known >= 500) console.error(error);
    res.status(known).json({ error: known < 500 ? String((error as Error).message) : 'internal' });
  });

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 3100, host, resolve);
  })
    .catch(portTaken('OTKLIK_SANDBOX_PORT'))
    .catch(async (error: unknown) => {
      await smtp.close();
      throw error;
    });
  url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${(server.address() as AddressInfo).port}`;

  return {
    url,
    vk: Object.assign(vk.control, { url: `${url}/vk` }),
    ok: Object.assign(ok.control, { url: `${url}/ok` }),
    x: Object.assign(x.control, { url: `${url}/x` }),
    facebook: Object.assign(facebook.control, { url: `${url}/facebook` }),
    instagram: Object.assign(instagram.control, { url: `${url}/instagram` }),
    mail: {
      port: smtp.port,
      messages: (to) => mailbox.messages(to),
      clear: () => mailbox.clear(),
      refuse: (times) => mailRefusals.set(times),
    },
    hooks: {
      messages: (name) => hooks.messages(name),
      clear: () => hooks.clear(),
      refuse: (times) => hookRefusals.set(times),
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, smtp.close(), ...networks.map((network) => network.close())]);
    },
  };
}
