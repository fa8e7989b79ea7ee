import { Router } from 'express';
import { createFaults, type Fault, type FaultInput } from '../faults.ts';
import type { Network } from '../networks.ts';
import type { Tab } from '../page/layout.ts';
import type { Storage } from '../storage.ts';
import { contentTypes } from '../social/image.ts';
import { createApi, endpoints } from './api.ts';
import { createCitizen, type Citizen } from './citizen.ts';
import { defaultXOptions, type XOptions } from './options.ts';
import { createPage } from './page/routes.ts';
import { createXStore } from './store.ts';
import { createView } from './view.ts';

/** What tests do with the network, beside its HTTP API. */
export interface XControl extends Citizen {
  readonly options: XOptions;
  /** Switches faults on (or off, `times: 0`); returns those that are on. */
  behaviour(fault?: FaultInput | FaultInput[]): Fault[];
  /** Switches all faults off. */
  calm(): void;
  /** Forgets all posts, pictures, faults and calls counted. */
  reset(): void;
}

export interface XDeps {
  storage: Storage;
  now: () => Date;
  /** Address of the sandbox, without a slash at the end. */
  url: () => string;
  tabs: () => Tab[];
  options?: Partial<XOptions> | undefined;
}

/** X's stand-in: `/x/2/…` for api.x.com, `/x` for the site. */
export function createX({ storage, now, url, tabs, options: given }: XDeps) {
  const options = { ...defaultXOptions, ...given };
  const base = () => options.permalinkBase ?? `${url()}/x`;
  const store = createXStore(storage, options, now);
  const view = createView(store, options, () => `${url()}/x`);
  const faults = createFaults((kind) => (kind.startsWith('cut-') ? 'POST /2/tweets' : '*'));
  const citizen = createCitizen({ store, storage, options });
  const api = createApi({ store, storage, view, faults, options });

  const router = Router();
  router.use(api.router);
  router.get('/media/:file', (req, res) => {
    const type = /^[0-9a-f]+\.(jpg|png|gif)$/.exec(req.params.file)?.[1];
    const bytes = type === undefined ? null : storage.get(req.params.file);
    if (!bytes) res.sendStatus(404);
    else res.type(contentTypes[type as keyof typeof contentTypes]).send(bytes);
  });
  router.use(createPage({ store, citizen, faults, options, endpoints, permalinkBase: base, tabs }));

  const network: Network = {
    code: 'x',
    title: 'X (Twitter)',
    router,
    close: () => Promise.resolve(),
  };
  const control: XControl = {
    ...citizen,
    options,
    behaviour: (fault) => (fault === undefined ? faults.list() : faults.set(fault)),
    calm: () => faults.clear(),
    reset() {
      store.reset();
      faults.clear();
      api.resetLimits();
    },
  };
  return { network, control };
}
