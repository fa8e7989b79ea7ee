import { Router, type Request } from 'express';
import type { Faults } from '../faults.ts';
import type { SocialOptions } from '../social/options.ts';
import type { Site } from '../social/site.ts';
import type { SocialStore } from '../social/store.ts';
import type { Post } from '../social/types.ts';
import { createArticle } from './article.ts';
import { activeFaults, faultsPanel } from './faults-panel.ts';
import { draftOf, feedPage, type Draft } from './feed.ts';
import { layout, type Tab } from './layout.ts';
import { markup } from './markup.ts';

export interface ScreenDeps {
  site: Site;
  store: SocialStore;
  faults: Faults;
  options: SocialOptions;
  methods: readonly string[];
  /** What is told about events sent to the application; null: none are sent. */
  eventStatus: () => string | null;
  permalinkBase: () => string;
  tabs: () => Tab[];
}

const SHOWN = 50;

/** What can be looked at: the feed, one post, one wall. Each has a `…/live` that tells news. */
export function createScreens(deps: ScreenDeps) {
  const { site, store, faults } = deps;
  const root = `/${site.code}`;
  const { view, article } = createArticle(deps);
  const router = Router();
  const revision = () => `${store.state.revision}.${faults.revision}.${deps.eventStatus()}`;
  const panel = {
    action: `${root}/behaviour`,
    names: site.faultNames,
    methods: [...deps.methods, 'upload'],
  };
  const active = () => {
    const events = deps.eventStatus();
    const line = events !== null && markup`<p class="muted">События Callback API: ${events}</p>`;
    return markup`${activeFaults(panel, faults.list())}${line}`;
  };

  interface Shown {
    posts: Post[];
    limit: number;
    liveUrl: string;
    draft: Draft;
    error: string | null;
    single: boolean;
  }

  function show({ posts, limit, liveUrl, draft, error, single }: Shown) {
    const body = feedPage({
      site,
      options: deps.options,
      draft,
      error,
      single,
      posts: posts.slice(0, limit),
      total: posts.length,
      article,
      panel: faultsPanel(panel, active()),
      revision: revision(),
      liveUrl,
    });
    return layout(site.title, deps.tabs(), root, body);
  }

  function news(posts: Post[], limit: number) {
    return {
      revision: revision(),
      faults: active().text,
      total: posts.length,
      posts: posts.slice(0, limit).map((post) => ({
        key: `${post.owner_id}_${post.id}`,
        revision: String(post.revision),
        view: view(post).text,
        article: article(post).text,
      })),
    };
  }

  /** `select` chooses the posts by the path's parameters; null: there is no such page. */
  function screen(path: string, select: (params: Request['params']) => Post[] | null): void {
    const single = path === site.routes.post;
    router.get(path, (req, res) => {
      const posts = select(req.params);
      const live = `${req.baseUrl}${req.path === '/' ? '' : req.path}/live`;
      const draft = draftOf(req.query['sample']);
      res.status(posts ? 200 : 404);
      const limit = limitOf(req);
      const liveUrl = `${live}?limit=${limit}`;
      res.send(show({ posts: posts ?? [], limit, liveUrl, draft, error: null, single }));
    });
    router.get(`${path === '/' ? '' : path}/live`, (req, res) => {
      if (req.query['revision'] === revision()) res.status(204).end();
      else res.json(news(select(req.params) ?? [], limitOf(req)));
    });
  }

  const wall = (owner: number) => store.posts().filter((post) => post.owner_id === owner);
  const idOf = (params: Request['params']) => Number(params['id']);
  screen('/', () => store.posts());
  screen(site.routes.user, (params) => (store.findUser(idOf(params)) ? wall(idOf(params)) : null));
  screen(site.routes.group, (params) =>
    store.findGroup(idOf(params)) ? wall(-idOf(params)) : null,
  );
  screen(site.routes.post, (params) => {
    const post = store.findPost(site.refOf(params));
    return post && !post.deleted ? [post] : null;
  });

  return {
    router,
    /** The feed with what was typed and why it was not taken. */
    refused: (draft: Draft, error: string) =>
      show({
        posts: store.posts(),
        limit: SHOWN,
        liveUrl: `${root}/live`,
        draft,
        error,
        single: false,
      }),
  };
}

function limitOf(req: Request): number {
  const limit = Number(req.query['limit']);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : SHOWN;
}
