import type { DashboardView } from '../src/dashboard/view.ts';
import { count, instant, remaining } from './format.ts';
import { listAddress } from './address.ts';

const CLAUSES: Record<number, string> = {
  6: 'подготовка ответа',
  8: 'рассмотрение куратором',
  9: 'доработка',
};

/** What has run out or is about to, with ways to the message, its task and its process. */
export function Burning({ view }: { view: DashboardView }) {
  const { burning, names, links, now, filters } = view;
  const rest = now.overdue + now.soon - burning.length;
  return (
    <section aria-labelledby="burning">
      <h2 id="burning">Что горит</h2>
      {burning.length === 0 ? (
        <p class="card calm">Просроченных нет, и в ближайший час ни один срок не истекает.</p>
      ) : (
        <ul class="burning card">
          {burning.map((it) => (
            <li>
              <span class={`due ${it.late ? 'late' : 'soon'}`}>
                {it.late ? 'Просрочено ' : 'Срок '}
                {remaining(it.dueAt, Date.parse(view.at))}
                <span class="muted">
                  {instant(it.dueAt, names.zone)}
                  {it.provisional ? ' (предварительно)' : ''}
                </span>
              </span>
              <span class="what">
                <a href={`/messages/${it.messageId}`}>{it.text.trim() || 'Без текста'}</a>
                <span class="muted">
                  {names.agency[it.agency] ?? it.agency} · {CLAUSES[it.clause]} (п. {it.clause}) ·{' '}
                  {names.network[it.network] ?? it.network}
                </span>
              </span>
              <span class="ways">
                {it.processInstanceKey && (
                  <a href={`${links.tasklist}${it.processInstanceKey}`}>Tasklist</a>
                )}
                {links.operate && it.processInstanceKey && (
                  <a href={`${links.operate}/${it.processInstanceKey}`}>Operate</a>
                )}
              </span>
            </li>
          ))}
          {rest > 0 && (
            <li class="rest">
              <span class="muted">и ещё {count(rest)}:</span>
              <a href={listAddress('overdue', filters)}>все просроченные</a>
              <a href={listAddress('soon', filters)}>все со сроком в течение часа</a>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
