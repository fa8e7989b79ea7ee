import { z } from 'zod';
import { filesByIds, filesOfAnswer } from '../attachments/list.ts';
import { namesText } from '../attachments/text.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AnswerEntity, type Answer } from '../db/entities/answer.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import type { Last } from '../db/transaction.ts';
import { handler, type Handler } from '../engine/worker.ts';
import type { Preview, Problem } from '../networks/port.ts';
import type { Networks } from '../networks/registry.ts';
import { repeatNeedsCurator } from '../notify/repeat-needs-curator.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import { addAnswer } from './add-answer.ts';
import { whyNoThread } from './as-thread.ts';

/**
 * Whether the answer fits its network, and how it will look there (clause 11). Files that the curator
 * added or left out since the answer was kept make a new version of it.
 */
export function checkFormat({ db, networks }: { db: Database; networks: Networks }): Handler {
  const step = together(db);
  return handler(
    'check-format',
    z.object({ messageId: z.uuid(), answerId: z.uuid() }),
    async ({ messageId, answerId }, { sourceKey }) => {
      const { message, answer, files } = await step(messageId, async (tx, last) => {
        const [message, answer] = await Promise.all([
          rowBy(tx, MessageEntity, { id: messageId }),
          withFilesOfNow(tx, last, messageId, answerId, sourceKey),
        ]);
        return { message, answer, files: await filesByIds(tx, answer.attachments) };
      });
      const { id, text } = answer;
      const network = networks.find(message.network);
      if (!network) {
        return {
          answerId: id,
          formatOk: true,
          threadOffered: false,
          formatText:
            'Сеть отключена в настройках: проверьте формат сами, ответ размещается вручную.',
        };
      }
      const content = { text, attachments: files };
      const problems = network.format(content);
      const threadOffered = whyNoThread(network, content) === null;
      if (problems.length > 0) {
        const reason = problems.map((it) => it.message).join(' ');
        await repeatNeedsCurator(db.manager, message, { answerId: id, reason });
      }
      const shown = network.preview({ ...content, asThread: threadOffered });
      return {
        answerId: id,
        formatOk: problems.length === 0,
        threadOffered,
        formatText: [threadOffered ? choice(problems) : verdict(problems), look(shown)].join(
          '\n\n',
        ),
      };
    },
  );
}

async function withFilesOfNow(
  tx: Tx,
  last: Last,
  messageId: string,
  answerId: string,
  sourceKey: string,
): Promise<Answer> {
  const [answer, known, files] = await Promise.all([
    rowBy(tx, AnswerEntity, { id: answerId }),
    rowOrNull(tx, AnswerEntity, { sourceKey }),
    filesOfAnswer(tx, messageId),
  ]);
  if (known !== null) return known;
  if (files.map(({ id }) => id).join() === answer.attachments.join()) return answer;
  const { text, composedAt } = answer;
  return addAnswer(tx, last, { sourceKey, messageId, text, composedAt });
}

function verdict(problems: readonly Problem[]): string {
  if (problems.length === 0) return '**Формат сети соблюдён.**';
  const lines = problems.map(({ message }) => `- ${escapeMarkdown(message)}`);
  return ['**Публиковать нельзя, исправьте ответ:**', '', ...lines].join('\n');
}

/** Too long for one post and nothing else: the curator shortens it or has it go out as a thread. */
const choice = (problems: readonly Problem[]): string =>
  [
    '**Одной записью опубликовать нельзя: сократите ответ или опубликуйте его цепочкой.**',
    '',
    ...problems.map(({ message }) => `- ${escapeMarkdown(message)}`),
  ].join('\n');

/** What Tasklist shows of one variable, with room for the rest. */
const BUDGET = 5_500;

const look = ({ text, length, limit, attachments, dropped, posts }: Preview): string =>
  [
    posts === undefined
      ? `**Так ответ будет выглядеть в сети** (знаков: ${length} из ${limit}):`
      : `**Так будет выглядеть цепочка** (записей: ${posts.length}, каждая под предыдущей; знаков в самой длинной: ${length} из ${limit}):`,
    ...(posts === undefined ? ['', excerpt(text, 4_000)] : shownPosts(posts)),
    '',
    attachments.length === 0
      ? 'Без фото и видео.'
      : `Под ${posts === undefined ? 'текстом' : 'первой записью'}: ${attachments.length} (${namesText(attachments)}).`,
    ...(dropped.length === 0 ? [] : ['', `**Сеть не покажет:** ${namesText(dropped)}.`]),
  ].join('\n');

const shownPosts = (posts: readonly string[]): string[] =>
  posts.flatMap((post, index) => [
    '',
    `*Запись ${index + 1} из ${posts.length}:*`,
    '',
    excerpt(post, Math.floor(BUDGET / posts.length) - 30),
  ]);
