import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessSettings } from '../src/access/access.ts';
import { hashPassword } from '../src/access/password.ts';
import { createLiveFeed, type LiveFeed } from '../src/dashboard/live.ts';
import { AccountEntity } from '../src/db/entities/account.ts';
import type { Engine } from '../src/engine/client.ts';
import { createApp } from '../src/http/app.ts';
import { createPageLinks, type PageLinks } from '../src/http/page-link.ts';
import { attachmentPages } from './attachments.ts';
import type { Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

/** A password that the rules allow. */
export const PASSWORD = 'четыре слова и запятая';
export const SECRET = 'a secret of sixteen';

/** The application's pages on a stage, without an engine. */
export interface Pages {
  url: string;
  links: PageLinks;
  /** What was told to the engine. */
  published: { name: string; variables: unknown }[];
  /** What open dashboards listen to; looks when told to. */
  live: LiveFeed;
  visitor(headers?: Record<string, string>): Visitor;
  close(): Promise<void>;
}

export async function openPages(
  { db, networks, networkSetup, calendars }: Stage,
  settings: Partial<AccessSettings> | ((url: string) => Promise<Partial<AccessSettings>>) = {},
): Promise<Pages> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const published: Pages['published'] = [];
  const engine = {
    publishMessage: (message: Pages['published'][number]) =>
      Promise.resolve(published.push(message)),
  } as unknown as Engine;
  const links = createPageLinks('', SECRET);
  const live = createLiveFeed(db, networkSetup, 2 ** 31 - 1);
  const app = createApp({
    db,
    live,
    engine,
    links,
    zone: () => Promise.resolve('Europe/Moscow'),
    tasklistUrl: 'http://tasklist.example',
    networks,
    networkSetup,
    calendars,
    attachments: attachmentPages(db),
    trustProxy: ['loopback'],
    access: {
      secret: SECRET,
      publicUrl: url,
      oidc: null,
      ...(typeof settings === 'function' ? await settings(url) : settings),
    },
  });
  server.on('request', app);
  return {
    url,
    links,
    published,
    live,
    visitor: (headers) => newVisitor(url, headers),
    close: async () => {
      await live.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Enough for passwords that everybody may read here. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

/** Accounts with `PASSWORD`, of officials and of the administrator `admin`. */
export async function haveAccounts({ db }: Stage, ...logins: string[]): Promise<void> {
  const passwordHash = await (known ??= hashPassword(PASSWORD, CHEAP));
  await db
    .getRepository(AccountEntity)
    .insert(logins.map((login) => ({ login, passwordHash, administrator: login === 'admin' })));
}

let known: Promise<string> | undefined;
