import { rendered, weigh } from './text.ts';
import type { XOptions } from './options.ts';
import { idOf, lastOf, type XStore } from './store.ts';
import type { Media, Tweet, User, Version } from './types.ts';

/** Which fields and expansions a request asked for. */
export interface Asked {
  tweet: readonly string[];
  user: readonly string[];
  media: readonly string[];
  expansions: readonly string[];
}

/** Characters of a long text that are shown of it at once. */
const SHOWN = 270;

/** Turns what the store keeps into the objects of API v2; only what was asked for is in them. */
export function createView(store: XStore, options: XOptions, base: () => string) {
  const answeredTo = (tweet: Tweet): User | undefined => {
    const parent = tweet.replyTo === null ? undefined : store.find(tweet.replyTo);
    return parent && store.user(parent.author);
  };

  /** The name that X puts before an answer; null: none, such as under one's own post. */
  function named(tweet: Tweet): string | null {
    const answered = answeredTo(tweet);
    return answered && answered.id !== tweet.author ? answered.username : null;
  }

  function render(tweet: Tweet, text: string) {
    const author = store.user(tweet.author)?.username ?? 'i';
    const keys = tweet.media.map(({ key }) => key);
    const link = `${base()}/${author}/status/${idOf(tweet)}/photo/1`;
    return rendered(text, named(tweet), keys, link);
  }

  function post(tweet: Tweet, version: Version, asked: Asked): Record<string, unknown> {
    const long = weigh(version.text) > options.limits.text;
    const whole = render(tweet, version.text);
    const cut = `${Array.from(version.text).slice(0, SHOWN).join('')}…`;
    const shown = long ? render(tweet, cut) : whole;
    const fields: Record<string, unknown> = {
      author_id: tweet.author,
      created_at: new Date(version.at).toISOString(),
      conversation_id: tweet.conversation,
      ...(shown.urls.length > 0 && { entities: { urls: shown.urls } }),
      ...(long && { note_tweet: { text: whole.text, entities: { urls: whole.urls } } }),
      ...(tweet.media.length > 0 && {
        attachments: { media_keys: tweet.media.map(({ key }) => key) },
      }),
      ...(tweet.replyTo !== null && {
        referenced_tweets: [{ type: 'replied_to', id: tweet.replyTo }],
        in_reply_to_user_id: answeredTo(tweet)?.id,
      }),
      reply_settings: tweet.restricted ? 'mentionedUsers' : 'everyone',
    };
    return {
      id: version.id,
      text: shown.text,
      edit_history_tweet_ids: tweet.versions.map(({ id }) => id),
      ...pick(fields, asked.tweet),
    };
  }

  function user({ id, name, username }: User) {
    return { id, name, username };
  }

  function media(shown: Media, asked: Asked) {
    const { key, file, width, height, type } = shown;
    const url = `${base()}/media/${file}`;
    const fields = {
      url: type === 'photo' ? url : undefined,
      preview_image_url: url,
      width,
      height,
    };
    return { media_key: key, type, ...pick(fields, asked.media) };
  }

  /** `data` with the people and pictures in it, as `expansions` asked. */
  function list(versions: { tweet: Tweet; version: Version }[], asked: Asked) {
    const authors = [...new Set(versions.map(({ tweet }) => tweet.author))]
      .map((id) => store.user(id))
      .filter((found) => found !== undefined);
    const pictures = versions.flatMap(({ tweet }) => tweet.media);
    const includes = {
      ...(asked.expansions.includes('author_id') && { users: authors.map(user) }),
      ...(asked.expansions.includes('attachments.media_keys') &&
        pictures.length > 0 && { media: pictures.map((shown) => media(shown, asked)) }),
    };
    return {
      ...(versions.length > 0 && {
        data: versions.map(({ tweet, version }) => post(tweet, version, asked)),
      }),
      ...(versions.length > 0 && Object.keys(includes).length > 0 && { includes }),
    };
  }

  /** The newest text with the name before it: what the search looks at. */
  const visibleText = (tweet: Tweet): string => {
    const name = named(tweet);
    const { text } = lastOf(tweet);
    return name === null ? text : `@${name} ${text}`;
  };

  return { post, list, visibleText, answeredTo };
}

export type View = ReturnType<typeof createView>;

function pick(fields: Record<string, unknown>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
