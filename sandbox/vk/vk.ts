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
import { startCallback } from './callback.ts';
import { createMethods } from './methods/index.ts';
import { defaultVkOptions, type VkOptions } from './options.ts';
import { vkSite } from './site.ts';
import { createUpload } from './upload.ts';
import { createView } from './view.ts';

/** What tests do with the network, beside its HTTP API. */
export interface VkControl extends Citizen {
  readonly options: VkOptions;
  /** Switches faults on (or off, `times: 0`); returns those that are on. */
  behaviour(fault?: FaultInput | FaultInput[]): Fault[];
  /** Switches all faults off. */
  calm(): void;
  /** The permanent link of a post, or with `reply` of a comment under it. */
  permalink(post: Ref, reply?: number): string;
  /** Forgets all posts, comments, photos and faults. */
  reset(): void;
}

export interface VkDeps {
  storage: Storage;
  now: () => Date;
  /** Address of the sandbox, without a slash at the end. */
  url: () => string;
  tabs: () => Tab[];
  options?: Partial<VkOptions> | undefined;
}

/** VKontakte's stand-in: `/vk/method/…` for api.vk.com, `/vk` for the site. */
export function createVk({ storage, now, url, tabs, options: given }: VkDeps) {
  const options = { ...defaultVkOptions, ...given };
  options.limits = { ...defaultVkOptions.limits, ...given?.limits };
  const base = () => `${url()}/vk`;
  const permalinkBase = () => options.permalinkBase ?? base();
  const store = createSocialStore(storage, options, now);
  const view = createView(store, base);
  const faults = createFaults((kind) => (kind.startsWith('cut-') ? 'wall.createComment' : '*'));
  const methods = createMethods({ store, view, options, base });
  const citizen = createCitizen({ store, storage, options });
  const callback = options.callback
    ? startCallback({ store, view, options, callback: options.callback })
    : null;

  const router = Router();
  router.use(createApi({ methods, faults, options, base }));
  router.use(createUpload({ store, storage, faults, options }));
  router.use(servePhotos(storage));
  router.use(
    createPage({
      site: vkSite,
      store,
      citizen,
      faults,
      options,
      methods: [...methods.keys()],
      eventStatus: () => callback?.status() ?? null,
      permalinkBase,
      tabs,
    }),
  );

  const network: Network = {
    code: vkSite.code,
    title: vkSite.title,
    router,
    close: () => callback?.close() ?? Promise.resolve(),
  };
  const control: VkControl = {
    ...citizen,
    options,
    behaviour: (fault) => (fault === undefined ? faults.list() : faults.set(fault)),
    calm: () => faults.clear(),
    permalink: (post, reply) => permalinkBase() + vkSite.post(post, reply),
    reset() {
      store.reset();
      faults.clear();
    },
  };
  return { network, control };
}
