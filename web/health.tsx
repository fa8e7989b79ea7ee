import type { PartHealth } from '../src/dashboard/health.ts';
import type { DashboardView } from '../src/dashboard/view.ts';
import { instant } from './format.ts';

const STATES = {
  ok: 'в порядке',
  slow: 'с задержкой',
  down: 'нет ответа',
  failing: 'сбой, повторяем',
  off: 'чтение выключено',
  'no-key': 'нет ключа доступа',
} as const;
const PARTS = { engine: 'Процесс', mail: 'Уведомления' } as const;

/** How the networks, the engine and the mail do. */
export function Health({ view, connected }: { view: DashboardView; connected: boolean }) {
  const name = ({ part, code }: PartHealth) =>
    part === 'network' ? (view.names.network[code ?? ''] ?? code) : PARTS[part];
  return (
    <section class="health" aria-label="Состояние системы">
      <ul>
        {view.health.map((it) => (
          <li class={it.state}>
            <span class="dot" aria-hidden="true" />
            {name(it)} — {STATES[it.state]}
            {it.since && <span class="muted"> с {instant(it.since, view.names.zone)}</span>}
            {it.reason && <span class="muted">: {it.reason}</span>}
          </li>
        ))}
        <li class={connected ? 'ok' : 'slow'}>
          <span class="dot" aria-hidden="true" />
          {connected ? 'Обновляется само' : 'Связь прервана, восстанавливается'}
        </li>
      </ul>
    </section>
  );
}
