import type { AuditEntry } from '../../../db/entities/audit.ts';
import type { History } from '../../../db/history.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';

/** Words of people in the details of a line; the rest is for programs. */
const TOLD = ['remarks', 'fault', 'note', 'text', 'grounds', 'description'];

/** Who did what when. */
export function eventsOf(
  { audit, agencies, officials }: Pick<History, 'audit' | 'agencies' | 'officials'>,
  time: (at: Date) => string,
): string {
  const rows = audit.map((line) => {
    const who = agencies.get(line.subject) ?? officials.get(line.subject) ?? line.subject;
    return `<tr><td class="time">${time(line.at)}</td><td>${escapeHtml(who)}</td>
      <td>${escapeHtml(line.action)}${saidIn(line)}</td></tr>`;
  });
  return `<h2>История</h2><table class="stacks"><thead class="heard"><tr><th scope="col">Когда</th>
    <th scope="col">Кто</th><th scope="col">Что</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const saidIn = ({ details }: AuditEntry): string =>
  TOLD.flatMap((key) => {
    const said = details[key];
    return typeof said === 'string' && said !== ''
      ? [`<br><span class="muted">${escapeHtml(said)}</span>`]
      : [];
  }).join('');
