import type { Router } from 'express';

/** One network of the sandbox: a folder beside this file, a tab of the page. */
export interface Network {
  /** The path under which its API and page live: `vk` is `/vk`. */
  code: string;
  /** The tab's title. */
  title: string;
  router: Router;
  close(): Promise<void>;
}
