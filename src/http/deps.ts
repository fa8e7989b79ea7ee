import type { Router } from 'express';
import type { AccessSettings } from '../access/access.ts';
import type { Limits } from '../api/limits.ts';
import type { Database } from '../db/data-source.ts';
import type { AttachmentPages } from './attachments.ts';
import type { LiveFeed } from '../dashboard/live.ts';
import type { Engine } from '../engine/client.ts';
import type { Networks } from '../networks/registry.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import type { Calendars } from '../registry/calendars.ts';
import type { PageLinks } from './page-link.ts';

/** What the pages need. */
export interface HttpDeps {
  db: Database;
  engine: Engine;
  links: PageLinks;
  /** The region's zone, for times that people read. */
  zone: () => Promise<string>;
  tasklistUrl: string;
  /** What open dashboards listen to; absent: one of the application's own. */
  live?: LiveFeed;
  access: AccessSettings;
  networks: Networks;
  /** Of all five, for the dashboard. */
  networkSetup: NetworkSetup;
  /** Of the agencies: what a missed deadline took of their working time. */
  calendars: Calendars;
  /** Proxies whose `X-Forwarded-For` is believed. */
  trustProxy?: readonly string[];
  /** Whether metrics are read without a token from this machine. */
  metricsOpen?: boolean;
  /** Others than the usual ones. */
  limits?: Limits;
  /** What the networks send by themselves. */
  webhooks?: Router;
  attachments: AttachmentPages;
}
