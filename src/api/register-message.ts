import { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { recordViews } from '../access/record-views.ts';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { takeIn } from '../monitor/intake.ts';
import { messageId } from '../monitor/message-id.ts';
import { storable } from '../monitor/text.ts';
import type { FoundPost } from '../networks/port.ts';
import type { Networks } from '../networks/registry.ts';
import { endpoint, type Answer, type Endpoint } from './endpoint.ts';
import { oneMessage } from './message-query.ts';
import { messageView, viewMessage } from './message-view.ts';
import { complete, objectBehind, readable } from './post-by-hand.ts';
import { Problem } from './problem.ts';
import { instant } from './words.ts';

const LONGEST_TEXT = 20_000;
/** Clocks differ a little; none of the networks is older. */
const AHEAD_MS = 5 * 60_000;
const FIRST_POSTS = new Date('2004-01-01T00:00:00Z');

const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text) => storable(text).trim())
    .refine(readable, { error: 'допустимо: непустой текст' });

export const registration = z.strictObject({
  url: z
    .string()
    .max(2_000)
    .refine(readable, { error: 'допустимо: адрес записи или комментария' })
    .describe('Адрес записи или комментария в социальной сети, в любом виде')
    .meta({ examples: ['https://vk.com/wall-519001_12?reply=34'] }),
  text: words(LONGEST_TEXT).optional().describe('Текст; обязателен, если сеть его не показывает'),
  author: words(200).optional().describe('Имя автора, если сеть его не показывает'),
  publishedAt: instant
    .refine((at) => at >= FIRST_POSTS && at.getTime() <= Date.now() + AHEAD_MS, {
      error: 'допустимо: не раньше 2004 года и не позже нынешнего времени',
    })
    .optional()
    .describe('Когда опубликовано, если сеть этого не показывает; иначе время внесения'),
});

type Given = Answer & { body: z.infer<typeof messageView> };

/**
 * Takes in a post that the monitor missed, the way the monitor does (clause 2): once, and its process
 * is started from the queue. What the network shows wins over what the body says.
 */
export function registerMessageEndpoint(deps: { db: Database; networks: Networks }): Endpoint {
  const { db, networks } = deps;
  return endpoint({
    method: 'post',
    path: '/messages',
    operationId: 'registerMessage',
    summary: 'Внести сообщение вручную',
    description:
      'Для записи или комментария, которых система не нашла сама. Текст, автор и время берутся из сети, ' +
      'если она их показывает. Повтор того же адреса безвреден: вернётся уже внесённое сообщение.',
    action: 'messages:register',
    body: registration,
    answers: {
      200: { description: 'Такое сообщение уже есть', schema: messageView },
      201: {
        description: 'Сообщение внесено',
        schema: messageView,
        headers: { Location: 'Адрес сообщения в этом интерфейсе' },
      },
    },
    problems: ['malformed-json', 'own-post', 'too-large', 'unsupported-media-type', 'invalid-body'],
    async run({ body, principal }) {
      const object = await objectBehind(networks, body.url);
      const known = messageId(object.network, object.externalId);
      if ((await oneMessage(db.manager, known, 'all')) !== null) return answer(200, known);
      const post = await complete(networks, object, body);
      // The network's own id counts: an address may name an older version of a post.
      const id = messageId(post.network, post.externalId);
      const stored = await store(db, post, id, principal);
      return answer(stored ? 201 : 200, id);

      async function answer(status: number, id: string): Promise<Given> {
        const message = await oneMessage(db.manager, id, 'all');
        if (message === null) {
          throw new Problem('own-post', 'Ответы региона сообщениями жителей не считаются.');
        }
        await recordViews(db.manager, principal, [id], new Date());
        const headers = { location: `/api/v1/messages/${id}` };
        return { status, body: viewMessage(message), headers };
      }
    },
  });
}

/** Stores message, start and who gave it together; false: it was there, or is ours. */
async function store(
  db: Database,
  post: FoundPost,
  id: string,
  { login, name, via }: Principal,
): Promise<boolean> {
  const at = new Date();
  return db.transaction(async (tx) => {
    const { stored } = await takeIn(tx, [post], at);
    if (stored === 0) return false;
    await recordAudit(tx, {
      key: `registered:${id}`,
      at,
      messageId: id,
      subject: name,
      action: 'сообщение внесено вручную',
      details: { login, via },
    });
    return true;
  });
}
