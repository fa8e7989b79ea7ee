import type { Assignment } from '../../../db/entities/assignment.ts';
import type { History } from '../../../db/history.ts';
import { GROUNDS, SHORTCOMING_STATUSES } from '../../../discipline/words.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { tokenField } from '../token-field.ts';

/** The shortcomings in the work on a message that its reader may see, each with its state (clauses 12, 13). */
export function shortcomingsOf(
  { shortcomings, agencies }: History,
  time: (at: Date) => string,
): string {
  if (shortcomings.length === 0) return '';
  const items = shortcomings.map((it) => {
    const due =
      it.remedyDueAt && it.closedAt === null ? `, устранить до ${time(it.remedyDueAt)}` : '';
    return `<li><a href="/shortcomings/${it.id}">${escapeHtml(it.description)}</a>
      <span class="badge${it.status === 'overdue' ? ' late' : ''}">${SHORTCOMING_STATUSES[it.status]}</span>
      <br><span class="muted">${escapeHtml(agencies.get(it.agencyCode) ?? it.agencyCode)},
      ${time(it.openedAt)}${due}</span></li>`;
  });
  return `<h2>Недостатки</h2><ul>${items.join('')}</ul>`;
}

/** With it a curator notes a fault of substance in the work of one of the agencies (clause 12). */
export function faultForm({ message, assignments, agencies }: History, token: string): string {
  if (assignments.length === 0) return '';
  const name = ({ agencyCode }: Assignment) => escapeHtml(agencies.get(agencyCode) ?? agencyCode);
  const options = assignments.map((it) => `<option value="${it.id}">${name(it)}</option>`);
  const grounds = Object.entries(GROUNDS).map(
    ([code, words]) => `<option value="${code}">${words}</option>`,
  );
  return `<details class="act"><summary>Отметить недостаток по существу</summary>
    <form method="post" action="/messages/${message.id}/shortcomings">${tokenField(token)}
    <p class="muted">О недостатке будет сообщено заместителю Губернатора, курирующему орган (п. 13 Порядка).</p>
    <p><label>Орган<br><select name="assignment" required>${options.join('')}</select></label></p>
    <p><label>Основание<br><select name="ground" required>${grounds.join('')}</select></label></p>
    <p><label>В чём недостаток<textarea name="text" required minlength="10" maxlength="2000"></textarea></label></p>
    <p><button>Отметить недостаток</button></p></form></details>`;
}
