import { ProcessError } from '../errors.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';

/** The network does not take this text: the review opens again and says why. */
export const refusal = (reason: string): ProcessError =>
  new ProcessError('content-refused', reason, {
    inputError: `Сеть не приняла ответ: ${reason} Измените текст и проверьте его снова.`,
  });

/** Only a person can go on; `url` is the original's. */
export function asksPerson(
  state: 'needs-person' | 'gone',
  reason: string,
  url: string,
): ProcessError {
  const title =
    state === 'gone' ? 'Исходное сообщение удалено.' : 'Разместить ответ автоматически не удалось.';
  return new ProcessError(state === 'gone' ? 'original-gone' : state, reason, {
    manualReason: `**${title}** ${escapeMarkdown(reason)}\n\n[Открыть сообщение в сети](<${new URL(url).href}>)`,
  });
}
