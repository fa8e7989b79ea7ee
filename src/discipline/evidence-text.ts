import { excerpt } from '../procedure/excerpt.ts';
import { localTime } from '../procedure/local-time.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import type { Evidence } from './evidence.ts';

const VALUE_BUDGET = 2_000;
const LONGEST_LIST = 20;

/** The evidence as Markdown for the deputy governor's form; `pages`: where to see more. */
export function evidenceText(
  evidence: Evidence,
  pages: { message: string; shortcoming: string },
): string {
  const { facts, message } = evidence;
  return [
    ...facts.map(([label, value]) => `**${label}:** ${escapeMarkdown(short(value))}`),
    `**Сообщение:** [в сети](<${message.url}>), [история и доказательства](<${pages.message}>), [недостаток в реестре](<${pages.shortcoming}>)`,
    excerpt(message.text, VALUE_BUDGET, '… полный текст — на странице сообщения'),
    ...draftText(evidence),
    ...countedTime(evidence),
  ].join('\n\n');
}

const short = (value: string): string => (value.length > 400 ? `${value.slice(0, 400)}…` : value);

function draftText({ draft, zone }: Evidence): string[] {
  if (draft === null) return [];
  return [
    `**Проект ответа, в котором недостаток:** версия ${draft.version}, направлен ${localTime(draft.submittedAt, zone)}`,
    excerpt(draft.text, VALUE_BUDGET, '… полный текст — на странице сообщения'),
  ];
}

/** The stretches that make up the limit, so that anyone can add them up again. */
function countedTime({ deadline, zone }: Evidence): string[] {
  if (!deadline || deadline.spent.length === 0) return [];
  const lines = deadline.spent
    .slice(0, LONGEST_LIST)
    .map(([from, to]) => `- ${localTime(new Date(from), zone)} — ${localTime(new Date(to), zone)}`);
  const rest = deadline.spent.length - lines.length;
  return [
    ['**Учтённое время:**', '', ...lines, ...(rest > 0 ? [`- и ещё ${rest}`] : [])].join('\n'),
  ];
}
