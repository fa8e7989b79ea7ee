import { DECISIONS, KINDS, SHORTCOMING_STATUSES } from '../discipline/words.ts';
import type { History } from '../db/history.ts';
import { clocksOf } from '../http/views/message/clocks.ts';
import { versionsOf } from '../http/views/message/versions.ts';
import { tokenField } from '../http/views/token-field.ts';
import { escapeHtml } from '../procedure/escape-html.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Card } from './card.ts';
import { REPEATED_WITHIN_DAYS } from './query.ts';
import { STATE_NAMES } from './words.ts';

/** The page of one shortcoming: evidence, decision, remedy, repeated misses; `token` null: nothing to withdraw. */
export function cardPage(card: Card, history: History, token: string | null): string {
  const { evidence } = card;
  const { shortcoming: it, facts, zone } = evidence;
  const time = (at: Date) => localTime(at, zone);
  const own = evidenceIn(history, it.assignmentId, it.deadlineId);
  return `<p class="state"><span class="badge${it.status === 'overdue' ? ' late' : ''}">${STATE_NAMES[it.status]}</span>
    <span>${KINDS[it.kind]}</span>
    <a href="/messages/${it.messageId}">Сообщение и его история</a>
    <a href="/shortcomings/${it.id}/notice">Уведомление для печати</a>
    <a href="/shortcomings/${it.id}/notice.docx" download>Уведомление (DOCX)</a></p>
    ${listOf(facts)}
    ${listOf(outcomeOf(card, time))}
    ${withdrawnOf(card, time)}
    ${earlierOf(card, time)}
    ${clocksOf(own, zone)}
    ${versionsOf(own, time, (id) => `/messages/${it.messageId}/files/${id}`)}
    ${token === null ? '' : withdrawalForm(it.id, token)}`;
}

const listOf = (facts: readonly (readonly [string, string])[]): string =>
  facts.length === 0
    ? ''
    : `<dl class="facts-list">${facts
        .map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`)
        .join('')}</dl>`;

/** What the deputy governor decided and what became of it (clause 13). */
function outcomeOf(
  { evidence: { shortcoming: it } }: Card,
  time: (at: Date) => string,
): [string, string][] {
  const { decision, decisionText, decidedAt, remedyDueAt, remedyText, closedAt } = it;
  if (decision === null) return [['Решение', 'ещё не принято']];
  return [
    ['Решение', `${DECISIONS[decision]}${decidedAt ? `, ${time(decidedAt)}` : ''}`],
    ...(decisionText ? [['Содержание', decisionText] as [string, string]] : []),
    ...(remedyDueAt ? [['Устранить до', time(remedyDueAt)] as [string, string]] : []),
    ...(remedyText
      ? [
          ['Что сделано', `${remedyText}${closedAt ? ` (${time(closedAt)})` : ''}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
}

function withdrawnOf({ evidence: { shortcoming: it } }: Card, time: (at: Date) => string): string {
  if (it.withdrawnAt === null) return '';
  return `<p class="notice">Снят куратором ${time(it.withdrawnAt)} и не учитывается.
    Основания: ${escapeHtml(it.withdrawalGrounds ?? '')}</p>`;
}

function earlierOf({ earlier }: Card, time: (at: Date) => string): string {
  if (earlier.length === 0) return '';
  const items = earlier.map(
    ({ id, description, openedAt, status }) =>
      `<li><a href="/shortcomings/${id}">${escapeHtml(description)}</a>
       <span class="muted">${time(openedAt)}, ${SHORTCOMING_STATUSES[status]}</span></li>`,
  );
  return `<h2>Повторно: за ${REPEATED_WITHIN_DAYS} дней до этого у исполнителя</h2><ul>${items.join('')}</ul>`;
}

/** Of the message's history what this shortcoming is about. */
function evidenceIn(
  history: History,
  assignmentId: string | null,
  deadlineId: string | null,
): History {
  return {
    ...history,
    answers: [],
    deadlines: history.deadlines.filter(({ id }) => id === deadlineId),
    assignments: history.assignments.filter(({ id }) => id === assignmentId),
  };
}

const withdrawalForm = (id: string, token: string): string => `<h2>Снять недостаток</h2>
  <form method="post" action="/shortcomings/${id}/withdraw">${tokenField(token)}
  <p class="muted">Недостаток останется в реестре с пометкой, но учитываться не будет; заместителю Губернатора об этом
    сообщат.</p>
  <p><label>Основания<textarea name="grounds" required minlength="10" maxlength="2000"></textarea></label></p>
  <p><button>Снять недостаток</button></p></form>`;

/** The notice as a page that prints. */
export const noticePage = ({ notice }: Card): string => {
  const { addressee, body, facts, signer } = notice;
  const [first = '', ...rest] = body;
  return `<div class="letter"><p class="addressee">${escapeHtml(addressee)}</p>
    <p>${escapeHtml(first)}</p>${listOf(facts)}
    ${rest.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}
    <p class="signature"><span>${escapeHtml(signer)}</span><span>____________________</span></p>
    <p>«___» ______________ 20___ года</p></div>`;
};
