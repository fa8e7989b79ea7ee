import type { DashboardView } from '../src/dashboard/view.ts';
import type { Chosen, Field } from './address.ts';

const SELECTS = [
  ['agency', 'Орган', 'Все органы'],
  ['network', 'Сеть', 'Все сети'],
  ['topic', 'Тема', 'Все темы'],
  ['municipality', 'Муниципалитет', 'Все муниципалитеты'],
] as const;

const PERIODS = [
  [1, 'Сегодня'],
  [7, '7 дней'],
  [30, '30 дней'],
  [91, 'Квартал'],
  [365, 'Год'],
] as const;

/** The last so many days, up to and with the day of `today`. */
function lastDays(today: string, days: number): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T12:00:00Z`) - (days - 1) * 86_400_000);
  return { from: from.toISOString().slice(0, 10), to: today };
}

/** The period and the other filters; every change is a new address. */
export function FilterBar({
  view,
  change,
}: {
  view: DashboardView;
  change: (chosen: Chosen) => void;
}) {
  const { filters, names, at } = view;
  const today = new Date(at).toLocaleDateString('sv-SE', { timeZone: names.zone });
  const chosen: Chosen = filters;
  const set = (more: Chosen) => change({ ...chosen, ...more });
  const narrowed = SELECTS.some(([field]) => filters[field]);
  const date = (field: Field, label: string) => (
    <label>
      {label}
      <input
        type="date"
        value={chosen[field]}
        max={field === 'from' ? chosen.to : undefined}
        min={field === 'to' ? chosen.from : undefined}
        onChange={({ currentTarget }) =>
          currentTarget.value && set({ [field]: currentTarget.value })
        }
      />
    </label>
  );
  return (
    <form class="filters" aria-label="Отбор" onSubmit={(event) => event.preventDefault()}>
      <div class="presets" role="group" aria-label="Период">
        {PERIODS.map(([days, name]) => {
          const period = lastDays(today, days);
          const pressed = period.from === chosen.from && period.to === chosen.to;
          return (
            <button type="button" aria-pressed={pressed} onClick={() => set(period)}>
              {name}
            </button>
          );
        })}
      </div>
      {date('from', 'С')}
      {date('to', 'По')}
      {SELECTS.map(([field, label, all]) => (
        <label>
          {label}
          <select
            value={chosen[field] ?? ''}
            onChange={({ currentTarget }) => set({ [field]: currentTarget.value })}
          >
            <option value="">{all}</option>
            {Object.entries(names[field]).map(([code, name]) => (
              <option value={code}>{name}</option>
            ))}
          </select>
        </label>
      ))}
      {narrowed && (
        <button
          type="button"
          class="plain"
          onClick={() => change({ from: filters.from, to: filters.to })}
        >
          Сбросить отбор
        </button>
      )}
    </form>
  );
}
