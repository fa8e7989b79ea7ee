import type { Deadline } from '../../../db/entities/deadline.ts';
import type { History } from '../../../db/history.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { localSpan, localTime, spokenDuration } from '../../../procedure/local-time.ts';

const KINDS: Record<Deadline['kind'], string> = {
  return: 'Возврат (п. 5)',
  draft: 'Подготовка ответа (п. 6)',
  review: 'Проверка и публикация (п. 8)',
  rework: 'Доработка (п. 9)',
  remedy: 'Устранение недостатка (п. 13)',
};

/** Each clock and why it is due when it is: the working time that was counted (clauses 5-9). */
export function clocksOf({ deadlines, agencies }: History, zone: string): string {
  const time = (at: Date) => localTime(at, zone);
  if (deadlines.length === 0) return '';
  const rows = deadlines.map((it) => {
    const why = it.plain
      ? 'календарное время'
      : it.spent.map(([from, to]) => localSpan(new Date(from), new Date(to), zone)).join('<br>');
    const late = it.missedAt !== null;
    const unused = it.kind === 'return' && endedByDraft(it, deadlines);
    const stopped = unused ? 'не возвращено' : it.stoppedAt && time(it.stoppedAt);
    return `<tr><td>${KINDS[it.kind]}<br><span class="muted">${escapeHtml(
      agencies.get(it.agencyCode) ?? it.agencyCode,
    )}</span></td>
      <td class="time" data-name="Начало">${time(it.startedAt)}</td>
      <td class="time" data-name="До">${time(it.dueAt)}${it.provisional ? ' <span class="muted">(предварительно)</span>' : ''}</td>
      <td data-name="Исполнено" class="time${late ? ' late' : ''}">${it.stoppedAt ? stopped : 'идёт'}${
        late && it.stoppedAt
          ? `<br>позже на ${spokenDuration(it.stoppedAt.getTime() - it.dueAt.getTime())}`
          : ''
      }${late && !it.stoppedAt ? '<br>срок пропущен' : ''}</td><td data-name="Почему такой срок" class="time muted">${why}</td></tr>`;
  });
  return `<h2>Сроки</h2><table class="stacks"><thead><tr><th scope="col">Срок</th>
    <th scope="col">Начало</th><th scope="col">До</th><th scope="col">Исполнено</th>
    <th scope="col">Почему такой срок</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** A draft stops the clock of the return too; nothing was returned then. */
function endedByDraft({ assignmentId, stoppedAt }: Deadline, deadlines: Deadline[]): boolean {
  return deadlines.some(
    (it) =>
      it.kind === 'draft' &&
      it.assignmentId === assignmentId &&
      it.stoppedAt?.getTime() === stoppedAt?.getTime(),
  );
}
