import type { AttachmentInfo, Network } from '../networks/port.ts';

/**
 * Why the answer cannot go out as a thread of posts, in Russian; null: it can, and has to, being too
 * long for one post (clause 11).
 */
export function whyNoThread(
  network: Network | undefined,
  content: { text: string; attachments: readonly AttachmentInfo[] },
): string | null {
  if (!network) return 'Эта сеть отключена в настройках.';
  if (network.threads !== true) {
    return `В сети «${network.name}» цепочек записей нет: сократите ответ.`;
  }
  if (!network.format(content).some(({ rule }) => rule === 'too-long')) {
    return 'Ответ помещается в одну запись: опубликуйте его как обычно.';
  }
  const problems = network.format({ ...content, asThread: true });
  return problems.length === 0 ? null : problems.map(({ message }) => message).join(' ');
}
