import { z } from 'zod';
import { log } from '../../log.ts';
import type { Answer, PublicationOutcome } from '../port.ts';
import type { XCall, XClient } from './client.ts';
import { XError } from './errors.ts';
import { publishedAs } from './find-reply.ts';
import { piecesOf } from './format.ts';
import { lookUp, type Present } from './look-up.ts';
import { uploadMedia } from './media.ts';
import { gone, outcomeOf, withoutDoubt } from './outcome.ts';
import { answersAmong, ownPosts, sameText } from './own-posts.ts';
import type { XSettings } from './settings.ts';
import { permalink, textOf, type Tweet } from './tweet.ts';

const ENDPOINT = 'POST /2/tweets';
const created = z.looseObject({ data: z.looseObject({ id: z.string().min(1) }) });

/**
 * Publishes `answer` as our account's reply to the post (clause 8), with `asThread` as a thread. Posts
 * of a thread that an earlier try left there are found and not sent again.
 */
export async function reply(
  client: XClient,
  settings: XSettings,
  externalId: string,
  answer: Answer,
  signal?: AbortSignal,
): Promise<PublicationOutcome> {
  const before = await look(client, externalId, signal);
  if (before?.deleted) return gone(null, null);
  const versions = before?.versions ?? [externalId];

  const pieces = piecesOf(answer, settings.textLimit);
  let already: Tweet[] = [];
  let media: string[] = [];
  try {
    if (pieces.length > 1) {
      const posts = await ownPosts(client, settings, externalId, signal);
      already = answersAmong(posts, versions, pieces);
    }
    if (already.length === 0) media = await uploadAll();
  } catch (error) {
    return withoutDoubt(outcomeOf(error, null));
  }

  const sent: XCall['body'][] = [];
  const received: unknown[] = [...already];
  const ids = already.map(({ id }) => id);
  for (const text of pieces.slice(ids.length)) {
    const body = {
      text,
      reply: { in_reply_to_tweet_id: ids.at(-1) ?? versions.at(-1) },
      ...(ids.length === 0 && media.length > 0 && { media: { media_ids: media } }),
    };
    sent.push(body);
    try {
      const response = await client.call({ endpoint: ENDPOINT, body }, signal);
      received.push(response);
      const parsed = created.safeParse(response);
      if (!parsed.success) return { state: 'unknown', reason: NO_NUMBER, sent, received };
      ids.push(parsed.data.data.id);
    } catch (error) {
      const outcome = await settle(error, text);
      if (typeof outcome !== 'string') return outcome;
      ids.push(outcome);
    }
  }
  const [first = ''] = ids;
  return {
    state: 'published',
    ...publishedAs(settings, first, onlyOne(received)),
    sent: onlyOne(sent),
  };

  async function uploadAll(): Promise<string[]> {
    const uploaded: string[] = [];
    for (const file of answer.attachments) uploaded.push(await uploadMedia(client, file, signal));
    return uploaded;
  }

  /** What a failed call means; the id of the post when it turns out to stand there already. */
  async function settle(error: unknown, text: string): Promise<PublicationOutcome | string> {
    if (error instanceof XError && error.kind === 'duplicate') return duplicate(error, text);
    const outcome = outcomeOf(error, onlyOne(sent));
    if (outcome.state !== 'refused' && outcome.state !== 'needs-person') return outcome;
    if (ids.length > 0) return halfway(outcome.reason, outcome.received);
    // The original may have gone between the look and the call.
    const now = await look(client, externalId, signal);
    return now?.deleted ? gone(onlyOne(sent), outcome.received) : outcome;
  }

  /** X refuses a text it has from us already: that may be this very answer, from a try cut short. */
  async function duplicate(error: XError, text: string): Promise<PublicationOutcome | string> {
    const answered = { status: error.status, detail: error.text };
    try {
      const under = ids.length === 0 ? versions : ids.slice(-1);
      const posts = await ownPosts(client, settings, externalId, signal);
      const [there] = answersAmong(posts, under, [text]);
      if (there) {
        received.push(there);
        return there.id;
      }
      const other = (await ownPosts(client, settings, null, signal)).find((post) =>
        sameText(textOf(post), text),
      );
      if (ids.length > 0) return halfway(error.reason, answered);
      if (other) {
        const link = permalink(settings, other.id, settings.account.name);
        const reason = `X: ${error.reason} (${link}). Измените текст.`;
        return { state: 'refused', reason, sent: onlyOne(sent), received: answered };
      }
    } catch (failure) {
      if (!(failure instanceof Error)) throw failure;
      log.warn({ network: 'x', why: failure.message }, 'own posts not read');
      return { state: 'unknown', reason: UNSEEN, sent: onlyOne(sent), received: answered };
    }
    return { state: 'needs-person', reason: UNSEEN, sent: onlyOne(sent), received: answered };
  }

  function halfway(reason: string, answered: unknown): PublicationOutcome {
    const link = permalink(settings, ids[0] ?? '', settings.account.name);
    return {
      state: 'needs-person',
      reason:
        `Цепочка опубликована не вся: ${ids.length} из ${pieces.length}, начало — ${link}. ` +
        `Допишите её вручную. ${reason}`,
      sent,
      received: [...received, answered],
    };
  }
}

const NO_NUMBER = 'Сеть ответила без номера записи: неизвестно, опубликован ли ответ.';
const UNSEEN =
  'Сеть сообщает, что такой текст от нашего аккаунта уже есть, но найти его не удалось. Проверьте ' +
  'ветку: возможно, ответ уже опубликован.';

const onlyOne = (all: unknown[]): unknown => (all.length === 1 ? all[0] : all);

/** Null also when X does not tell: the publishing call will. */
async function look(
  client: XClient,
  externalId: string,
  signal?: AbortSignal,
): Promise<Present | null> {
  try {
    return (await lookUp(client, [externalId], signal)).get(externalId) ?? null;
  } catch {
    return null;
  }
}
