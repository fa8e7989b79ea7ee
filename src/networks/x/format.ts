import { findProblems, previewOf, publishedText } from '../format.ts';
import type { Answer, AttachmentInfo, Limits, Preview, Problem } from '../port.ts';
import { splitForThread } from './thread.ts';
import { weigh } from './weight.ts';

type Content = Pick<Answer, 'text' | 'asThread'> & { attachments?: readonly AttachmentInfo[] };

/** The common rules, with X's own way to count a text, and a GIF goes alone (clause 11). */
export function problemsOf(content: Content, limits: Limits): Problem[] {
  const problems = findProblems(content, { ...limits, text: Number.POSITIVE_INFINITY });
  const tooLong = content.asThread === true ? null : tooLongFor(content.text, limits.text);
  if (tooLong !== null) problems.unshift({ rule: 'too-long', message: tooLong });
  const files = content.attachments ?? [];
  if (files.length > 1 && files.some(({ mediaType }) => mediaType === 'image/gif')) {
    const message = 'Изображение GIF сеть принимает только одно и без других вложений.';
    problems.push({ rule: 'attachments', message });
  }
  return problems;
}

/** The answer as X will show it; of a thread all posts, one under another. */
export function previewIn(content: Content, limits: Limits): Preview {
  const preview = previewOf(content, limits);
  const pieces = piecesOf(content, limits.text);
  return {
    ...preview,
    text: pieces.join('\n\n'),
    length: Math.max(...pieces.map(weigh)),
    ...(pieces.length > 1 && { posts: pieces }),
  };
}

/** What is published, post by post. */
export function piecesOf(answer: Pick<Answer, 'text' | 'asThread'>, limit: number): string[] {
  const text = publishedText(answer.text);
  return answer.asThread === true ? splitForThread(text, limit) : [text];
}

function tooLongFor(text: string, limit: number): string | null {
  const length = weigh(publishedText(text));
  if (length <= limit) return null;
  const posts = splitForThread(publishedText(text), limit).length;
  return (
    `Ответ длиннее, чем разрешает сеть: знаков — ${length}, можно ${limit} (ссылка считается за 23 ` +
    `знака, эмодзи — за два). Лишних — ${length - limit}. Сократите ответ или опубликуйте его ` +
    `цепочкой; записей в ней — ${posts}.`
  );
}
