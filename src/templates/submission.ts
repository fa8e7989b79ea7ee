import { z } from 'zod';
import { InputError } from '../errors.ts';
import { optionalCode, readSubmission, requiredText } from '../procedure/submission.ts';
import { LONGEST_TEMPLATE, LONGEST_TITLE } from '../registry/templates.ts';
import type { TemplateContent } from './template.ts';

const WRONG = 'Тема или сеть указана неверно: выберите её из списка.';
const submission = z.object({
  title: requiredText(LONGEST_TITLE, 'Назовите шаблон.'),
  topic: optionalCode(WRONG),
  network: optionalCode(WRONG),
  text: requiredText(LONGEST_TEMPLATE, 'Напишите текст шаблона.'),
});

/**
 * What the page of a template sends.
 * @throws InputError in Russian, also for a topic or a network that is not known.
 */
export function readTemplate(
  body: unknown,
  known: { topics: readonly string[]; networks: readonly string[] },
): TemplateContent {
  const content = readSubmission(submission, body);
  const { topic, network } = content;
  const odd =
    (topic !== null && !known.topics.includes(topic)) ||
    (network !== null && !known.networks.includes(network));
  if (odd) throw new InputError(WRONG);
  return { ...content, text: content.text.replace(/\r\n?/g, '\n') };
}
