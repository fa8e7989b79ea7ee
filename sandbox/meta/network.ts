import { Router } from 'express';
import { createFaults, type Fault, type FaultInput } from '../faults.ts';
import type { Network } from '../networks.ts';
import type { Tab } from '../page/layout.ts';
import type { Storage } from '../storage.ts';
import { keepImage } from '../social/image.ts';
import { createCitizen, type MetaCitizen, type Rules } from './citizen.ts';
import { createGraph, operations, type Allowance, type GraphNetwork } from './graph.ts';
import type { Links } from './links.ts';
import type { MetaOptions } from './options.ts';
import { createPage } from './page/routes.ts';
import type { Look } from './page/look.ts';
import { createPhotos } from './photos.ts';
import { createMetaStore, type Ids, type MetaStore } from './store.ts';
import type { Comment, Happening, Post } from './types.ts';
import { startWebhooks, type Notice } from './webhook.ts';

/** What tests do with the network, beside its HTTP API. */
export interface MetaControl extends MetaCitizen {
  readonly options: MetaOptions;
  /** Switches faults on (or off, `times: 0`); returns those that are on. */
  behaviour(fault?: FaultInput | FaultInput[]): Fault[];
  /** Switches all faults off. */
  calm(): void;
  /** The permanent link of a post or a comment. */
  permalink(entry: Post | Comment): string;
  /** Sets what the headers say of the allowance; `regain` in minutes. */
  allowance(percent: number, regain?: number): void;
  /** Forgets everything but what the official page published from the start. */
  reset(): void;
}

export interface MetaDeps {
  storage: Storage;
  now: () => Date;
  /** Address of the sandbox, without a slash at the end. */
  url: () => string;
  tabs: () => Tab[];
  options?: Partial<MetaOptions> | undefined;
}

/** What is Facebook's or Instagram's own. */
export interface Kind {
  code: 'facebook' | 'instagram';
  title: string;
  options: MetaOptions;
  object: 'page' | 'instagram';
  ids: Ids;
  rules: Rules;
  look: Look;
  links: (base: () => string, permalinkBase: () => string) => Links;
  api: (deps: {
    store: MetaStore;
    options: MetaOptions;
    links: Links;
    keep: (bytes: Buffer) => string | null;
  }) => GraphNetwork;
  noticeOf: (store: MetaStore, options: MetaOptions, happening: Happening) => Notice | null;
}

/** A stand-in of Meta's: `/CODE/vN.N/…` for graph.facebook.com, `/CODE` for the site. */
export function createMetaNetwork(
  kind: Kind,
  { storage, now, url, tabs, options: given }: MetaDeps,
) {
  const options = { ...kind.options, ...given };
  const base = () => `${url()}/${kind.code}`;
  const permalinkBase = () => options.permalinkBase ?? base();
  const links = kind.links(base, permalinkBase);
  const keep = (bytes: Buffer) => keepImage(storage, bytes)?.file ?? null;
  const store = createMetaStore({ storage, options, ids: kind.ids, now });
  const faults = createFaults((each) => (each.startsWith('cut-') ? 'publish' : '*'));
  const citizen = createCitizen({ store, options, rules: kind.rules, keep });
  const allowance: Allowance = { percent: 1, regain: 0 };
  const webhooks = startWebhooks({
    object: kind.object,
    store,
    options,
    noticeOf: (happening) => kind.noticeOf(store, options, happening),
    now,
  });

  const router = Router();
  const api = kind.api({ store, options, links, keep });
  router.use(createGraph({ options, faults, network: api, base, allowance }));
  router.use(createPhotos(storage));
  router.use(
    createPage({
      code: kind.code,
      title: kind.title,
      look: kind.look,
      rules: kind.rules,
      operations,
      store,
      citizen,
      faults,
      options,
      webhooks,
      links,
      tabs,
    }),
  );

  const network: Network = {
    code: kind.code,
    title: kind.title,
    router,
    close: () => webhooks?.close() ?? Promise.resolve(),
  };
  const control: MetaControl = {
    ...citizen,
    options,
    behaviour: (fault) => (fault === undefined ? faults.list() : faults.set(fault)),
    calm: () => faults.clear(),
    permalink: (entry) => ('post' in entry ? links.comment(entry) : links.post(entry)),
    allowance: (percent, regain = 0) => void Object.assign(allowance, { percent, regain }),
    reset() {
      store.reset();
      faults.clear();
      Object.assign(allowance, { percent: 1, regain: 0 });
    },
  };
  return { network, control };
}
