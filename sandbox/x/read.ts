import type { Request } from 'express';
import { invalid, notFound } from './errors.ts';
import type { XOptions } from './options.ts';
import { parseQuery } from './query.ts';
import { idAt, idOf, lastOf, type XStore } from './store.ts';
import type { Tweet } from './types.ts';
import type { Asked, View } from './view.ts';

const WEEK = 7 * 24 * 3600 * 1000;

/** The reading half of the API. Each throws XError. */
export function createReading(deps: { store: XStore; view: View; options: XOptions }) {
  const { store, view, options } = deps;

  /** `GET /2/tweets`. */
  function lookUp(req: Request) {
    const ids = listOf(req, 'ids');
    if (ids.length === 0 || ids.length > 100) {
      throw invalid('size must be between 1 and 100', { ids: ids.join() });
    }
    const bad = ids.find((id) => !/^\d{1,19}$/.test(id));
    if (bad !== undefined)
      throw invalid(`The \`ids\` query parameter value [${bad}] is not valid`, { ids: bad });
    const there = ids.flatMap((id) => {
      const tweet = store.find(id);
      const version = tweet?.versions.find((each) => each.id === id);
      return tweet && version && !tweet.deleted ? [{ tweet, version }] : [];
    });
    const found = new Set(there.map(({ version }) => version.id));
    const errors = ids.filter((id) => !found.has(id)).map(notFound);
    return { ...view.list(there, askedOf(req)), ...(errors.length > 0 && { errors }) };
  }

  /** `GET /2/tweets/search/recent`. */
  function search(req: Request) {
    const query = textOf(req, 'query');
    if (query === undefined || query === '' || query.length > 512) {
      throw invalid('query size must be between 1 and 512', { query: query ?? '' });
    }
    const since = timeOf(req, 'start_time');
    const oldest = store.now() - WEEK;
    if (since !== null && since < oldest) {
      throw invalid("'start_time' must be on or after the last 7 days", {
        start_time: textOf(req, 'start_time'),
      });
    }
    const test = parseQuery(query);
    const tweets = store
      .tweets()
      .filter((tweet) => lastOf(tweet).at >= oldest)
      .filter((tweet) =>
        test({
          text: view.visibleText(tweet),
          author: nameOf(tweet.author),
          answered: view.answeredTo(tweet)?.username.toLowerCase() ?? null,
          conversation: tweet.conversation,
        }),
      );
    return paged(req, tweets, 10, 'next_token');
  }

  /** `GET /2/users/:id/mentions`. */
  function mentions(req: Request) {
    const name = `@${options.official.username.toLowerCase()}`;
    mustBeOurs(req);
    const tweets = store
      .tweets()
      .filter((tweet) => tweet.author !== options.official.id)
      .filter((tweet) => wordsOf(view.visibleText(tweet)).includes(name));
    return paged(req, tweets, 5, 'pagination_token');
  }

  /** `GET /2/users/:id/tweets`. */
  function ownTweets(req: Request) {
    mustBeOurs(req);
    const tweets = store.tweets().filter((tweet) => tweet.author === req.params['id']);
    return paged(req, tweets, 5, 'pagination_token');
  }

  function mustBeOurs(req: Request): void {
    const id = String(req.params['id']);
    if (!store.user(id))
      throw invalid(`The \`id\` query parameter value [${id}] is not valid`, { id });
  }

  function nameOf(id: string): string {
    return store.user(id)?.username.toLowerCase() ?? '';
  }

  /** One page of `tweets`, which come newest first. */
  function paged(req: Request, tweets: Tweet[], least: number, pageParameter: string) {
    const max = Number(textOf(req, 'max_results') ?? 10);
    if (!Number.isInteger(max) || max < least || max > 100) {
      throw invalid(`max_results must be between ${least} and 100`, { max_results: max });
    }
    const start = timeOf(req, 'start_time');
    const since = textOf(req, 'since_id');
    const after = since === undefined ? (start === null ? null : idAt(start) - 1n) : BigInt(since);
    const token = textOf(req, pageParameter);
    const before = token === undefined ? null : fromToken(token, pageParameter);
    const wanted = tweets.filter(({ versions }) => {
      const id = BigInt(versions.at(-1)?.id ?? 0);
      return (after === null || id > after) && (before === null || id < before);
    });
    const page = wanted.slice(0, max).map((tweet) => ({ tweet, version: lastOf(tweet) }));
    const oldest = page.at(-1)?.version.id;
    const meta = {
      result_count: page.length,
      ...(page.length > 0 && { newest_id: page[0]?.version.id, oldest_id: oldest }),
      ...(wanted.length > max && { next_token: `b26v89c19zqg${oldest}` }),
    };
    return { ...view.list(page, askedOf(req)), meta };
  }

  return { lookUp, search, mentions, ownTweets };
}

/** What X shows of a post that was just made. */
export function createdView(tweet: Tweet) {
  const { text } = lastOf(tweet);
  return { data: { id: idOf(tweet), text, edit_history_tweet_ids: [idOf(tweet)] } };
}

/** Names and words in small letters. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/@?[\p{L}\p{N}_]+/gu) ?? [];
}

function askedOf(req: Request): Asked {
  return {
    tweet: listOf(req, 'tweet.fields'),
    user: listOf(req, 'user.fields'),
    media: listOf(req, 'media.fields'),
    expansions: listOf(req, 'expansions'),
  };
}

/** A parameter of the query given once. */
export function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}

function listOf(req: Request, name: string): string[] {
  return (textOf(req, name) ?? '').split(',').filter((item) => item !== '');
}

/** Unix milliseconds; null: not given. X takes whole seconds of UTC. */
function timeOf(req: Request, name: string): number | null {
  const text = textOf(req, name);
  if (text === undefined) return null;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw invalid(`The \`${name}\` query parameter value [${text}] is not a valid date`, {
      [name]: text,
    });
  }
  return Date.parse(text);
}

function fromToken(token: string, name: string): bigint {
  const id = /^b26v89c19zqg(\d+)$/.exec(token)?.[1];
  if (id === undefined) throw invalid(`The \`${name}\` value is not valid`, { [name]: token });
  return BigInt(id);
}
