import type { DashboardView } from '../src/dashboard/view.ts';
import { listAddress } from './address.ts';
import { count } from './format.ts';

export const NOW = [
  ['inWork', 'work', 'В работе', 'сообщений сейчас', ''],
  ['overdue', 'overdue', 'Просрочены', 'срок уже истёк', 'late'],
  ['soon', 'soon', 'Срок в течение часа', 'ещё можно успеть', 'soon'],
  ['answeredToday', 'today', 'Отвечено сегодня', 'ответов опубликовано', 'good'],
] as const;

/** How things stand at this moment. */
export function Now({ view }: { view: DashboardView }) {
  return (
    <section aria-labelledby="now">
      <h2 id="now">Сейчас</h2>
      <div class="cards four">
        {NOW.map(([figure, list, name, note, tone]) => {
          const value = view.now[figure];
          return (
            <a
              class={`card number ${value > 0 ? tone : ''}`}
              href={listAddress(list, view.filters)}
              data-figure={figure}
            >
              <span class="name">{name}</span>
              <strong>{count(value)}</strong>
              <span class="note">{note}</span>
            </a>
          );
        })}
      </div>
    </section>
  );
}
