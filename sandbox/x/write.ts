import { z } from 'zod';
import {
  DUPLICATE,
  forbidden,
  GONE,
  invalid,
  NOT_MENTIONED,
  RESTRICTED,
  TOO_LONG,
} from './errors.ts';
import type { XOptions } from './options.ts';
import { createdView, wordsOf } from './read.ts';
import { idOf, lastOf, type XStore } from './store.ts';
import { weigh } from './text.ts';
import type { Tweet } from './types.ts';
import type { View } from './view.ts';

const body = z.strictObject({
  text: z.string().optional(),
  reply: z.strictObject({ in_reply_to_tweet_id: z.string().regex(/^\d{1,19}$/) }).optional(),
  media: z.strictObject({ media_ids: z.array(z.string()).min(1).max(4) }).optional(),
});

/** `POST /2/tweets` of the official account, checked as X checks it. Throws XError. */
export function createWriting(deps: { store: XStore; view: View; options: XOptions }) {
  const { store, view, options } = deps;

  function publish(given: unknown) {
    const parsed = body.safeParse(given);
    if (!parsed.success) {
      const path = parsed.error.issues[0]?.path.join('.') ?? '';
      throw invalid(`$.${path}: ${parsed.error.issues[0]?.message}`);
    }
    const { text = '', reply, media } = parsed.data;
    if (text.trim() === '' && !media) throw invalid('$: required key [text] not found');
    if (weigh(text) > options.limits.text) throw invalid(TOO_LONG);
    const target = reply && answerable(reply.in_reply_to_tweet_id);
    const pictures = (media?.media_ids ?? []).map(ready);
    if (pictures.length > 1 && pictures.some(({ type }) => type === 'animated_gif')) {
      throw invalid('Tweets can have only one animated GIF.');
    }
    // The text alone counts, whatever it answers.
    if (text !== '' && ours().some((tweet) => same(lastOf(tweet).text, text))) {
      throw forbidden(DUPLICATE);
    }
    const tweet = store.add({
      author: options.official.id,
      text,
      replyTo: target ? idOf(target) : null,
      media: pictures,
      restricted: false,
    });
    return createdView(tweet);
  }

  const ours = () => store.tweets().filter(({ author }) => author === options.official.id);

  function answerable(id: string): Tweet {
    const target = store.find(id);
    if (!target || target.deleted) throw forbidden(GONE);
    const mentioned = wordsOf(view.visibleText(target)).includes(
      `@${options.official.username.toLowerCase()}`,
    );
    const own = target.author === options.official.id;
    if (target.restricted && !mentioned && !own) throw forbidden(RESTRICTED);
    if (options.replies === 'mentioned' && !mentioned && !own) throw forbidden(NOT_MENTIONED);
    return target;
  }

  function ready(id: string) {
    const upload = store.upload(id);
    if (upload?.state !== 'succeeded' || !upload.media) {
      throw invalid('Your media IDs are invalid.', { 'media.media_ids': id });
    }
    return upload.media;
  }

  return { publish };
}

function same(a: string, b: string): boolean {
  return a.trim() === b.trim();
}
