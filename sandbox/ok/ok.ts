import { Router } from 'express';
import { createFaults, type Fault, type FaultInput } from '../faults.ts';
import type { Network } from '../networks.ts';
import type { Tab } from '../page/layout.ts';
import { createPage } from '../page/routes.ts';
import { createCitizen, type Citizen } from '../social/citizen.ts';
import { servePhotos } from '../social/image.ts';
import { createSocialStore } from '../social/store.ts';
import type { Ref } from '../social/types.ts';
import type { Storage } from '../storage.ts';
import { createApi } from './api.ts';
import { ADD_COMMENT } from './faults.ts';
import { createMethods } from './methods/index.ts';
import { defaultOkOptions, type OkOptions } from './options.ts';
import { okSite } from './site.ts';
import { createUpload } from './upload.ts';
import { createView } from './view.ts';

/** What tests do with the network, beside its HTTP API. */
export interface OkControl extends Citizen {
  readonly options: OkOptions;
  /** Switches faults on (or off, `times: 0`); returns those that are on. */
  behaviour(fault?: FaultInput | FaultInput[]): Fault[];
  /** Switches all faults off. */
  calm(): void;
  /** The permanent link of a topic, or with `comment` of a comment under it. */
  permalink(post: Ref, comment?: number): string;
  /** Forgets all topics, comments, photos and faults. */
  reset(): void;
}

export interface OkDeps {
  storage: Storage;
  now: () => Date;
  /** Address of the sandbox, without a slash at the end. */
  url: () => string;
  tabs: () => Tab[];
  options?: Partial<OkOptions> | undefined;
}

/** Odnoklassniki's stand-in: `/ok/fb.do` for api.ok.ru, `/ok` for the site. */
export function createOk({ storage, now, url, tabs, options: given }: OkDeps) {
  const options = { ...defaultOkOptions, ...given };
  options.limits = { ...defaultOkOptions.limits, ...given?.limits };
  const base = () => `${url()}/ok`;
  const permalinkBase = () => options.permalinkBase ?? base();
  const store = createSocialStore(storage, options, now);
  const faults = createFaults((kind) => (kind.startsWith('cut-') ? ADD_COMMENT : '*'));
  const methods = createMethods({ store, view: createView(store, base), options, base });
  const citizen = createCitizen({ store, storage, options });

  const router = Router();
  router.use(createApi({ methods, faults, options }));
  router.use(createUpload({ store, storage, faults, options }));
  router.use(servePhotos(storage));
  router.use(
    createPage({
      site: okSite,
      store,
      citizen,
      faults,
      options,
      methods: [...methods.keys()],
      eventStatus: () => null,
      permalinkBase,
      tabs,
    }),
  );

  const network: Network = {
    code: okSite.code,
    title: okSite.title,
    router,
    close: () => Promise.resolve(),
  };
  const control: OkControl = {
    ...citizen,
    options,
    behaviour: (fault) => (fault === undefined ? faults.list() : faults.set(fault)),
    calm: () => faults.clear(),
    permalink: (post, comment) => permalinkBase() + okSite.post(post, comment),
    reset() {
      store.reset();
      faults.clear();
    },
  };
  return { network, control };
}
