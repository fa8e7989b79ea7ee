import { Router, type Request } from 'express';
import type { Faults } from '../../faults.ts';
import { activeFaults, faultsPanel } from '../../page/faults-panel.ts';
import { layout, type Tab } from '../../page/layout.ts';
import type { XOptions } from '../options.ts';
import { idOf, type XStore } from '../store.ts';
import type { Tweet } from '../types.ts';
import { createArticle } from './article.ts';
import { faultNames } from './faults-panel.ts';
import { draftOf, feedPage, type Draft } from './feed.ts';

export interface ScreenDeps {
  store: XStore;
  faults: Faults;
  options: XOptions;
  endpoints: readonly string[];
  permalinkBase: () => string;
  tabs: () => Tab[];
}

const SHOWN = 50;

/** Which posts a screen shows; `found`: the answer that was asked for. */
interface Selected {
  posts: Tweet[];
  found: string | null;
}

/** What can be looked at: the feed, one conversation, one account. Each has a `…/live` that tells news. */
export function createScreens(deps: ScreenDeps) {
  const { store, faults, options } = deps;
  const { view, article } = createArticle(deps);
  const router = Router();
  const revision = () => `${store.state.revision}.${faults.revision}`;
  const panel = { action: '/x/behaviour', names: faultNames, methods: deps.endpoints };
  const active = () => activeFaults(panel, faults.list());

  function show(
    { posts, found }: Selected,
    limit: number,
    liveUrl: string,
    draft: Draft,
    error: string | null,
  ) {
    const body = feedPage({
      options,
      draft,
      error,
      single: liveUrl.includes('/status/'),
      posts: posts.slice(0, limit),
      total: posts.length,
      article: (post) => article(post, found),
      panel: faultsPanel(panel, active()),
      revision: revision(),
      liveUrl,
    });
    return layout('X (Twitter)', deps.tabs(), '/x', body);
  }

  function news({ posts, found }: Selected, limit: number) {
    return {
      revision: revision(),
      faults: active().text,
      total: posts.length,
      posts: posts.slice(0, limit).map((post) => ({
        key: idOf(post),
        revision: String(post.revision),
        view: view(post, found).text,
        article: article(post, found).text,
      })),
    };
  }

  const nothing: Selected = { posts: [], found: null };

  function screen(path: string, select: (req: Request) => Selected | null): void {
    router.get(path, (req, res) => {
      const selected = select(req);
      res.status(selected ? 200 : 404);
      const limit = limitOf(req);
      const live = `/x${path === '/' ? '' : req.path}/live?limit=${limit}`;
      res.send(show(selected ?? nothing, limit, live, draftOf(options, req.query['sample']), null));
    });
    router.get(`${path === '/' ? '' : path}/live`, (req, res) => {
      if (req.query['revision'] === revision()) res.status(204).end();
      else res.json(news(select(req) ?? nothing, limitOf(req)));
    });
  }

  screen('/', () => ({ posts: store.heads(), found: null }));
  screen('/:name/status/:id', (req) => {
    const tweet = store.find(String(req.params['id']));
    const head = tweet && store.find(tweet.conversation);
    if (!tweet || tweet.deleted || !head || head.deleted) return null;
    return { posts: [head], found: idOf(tweet) };
  });
  screen('/:name', (req) => {
    const user = store.userNamed(String(req.params['name']));
    if (!user) return null;
    return { posts: store.heads().filter(({ author }) => author === user.id), found: null };
  });

  return {
    router,
    /** The feed with what was typed and why it was not taken. */
    refused: (draft: Draft, error: string) =>
      show({ posts: store.heads(), found: null }, SHOWN, '/x/live', draft, error),
  };
}

function limitOf(req: Request): number {
  const limit = Number(req.query['limit']);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : SHOWN;
}
