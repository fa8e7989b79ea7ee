import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DashboardView } from '../src/dashboard/view.ts';
import { Chart, type Palette } from './chart.tsx';
import { CLAUSES } from './clauses.tsx';
import { timeOption } from './flow.tsx';
import { bucketName, clock, count, percent, remaining, share, workingTime } from './format.ts';
import { NOW } from './now.tsx';

const EVERY_MS = 12_000;
const SCREENS = [Present, Kept, Time, Burns];

/** Big numbers for a screen on a wall, one subject after another. */
export function Wall({ view, connected }: { view: DashboardView; connected: boolean }) {
  const [at, setAt] = useState(() =>
    Number(new URLSearchParams(location.search).get('screen') ?? 0),
  );
  const [paused, pause] = useState(false);
  const move = (by: number) => setAt((was) => (was + by + SCREENS.length) % SCREENS.length);
  useEffect(() => {
    if (paused) return;
    const timer = setInterval(() => move(1), EVERY_MS);
    return () => clearInterval(timer);
  }, [paused]);
  useEffect(() => {
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowRight') move(1);
      if (key === 'ArrowLeft') move(-1);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  const Screen = SCREENS[at] ?? Present;
  return (
    <div class="wall">
      <div class="head">
        <span class="region">{view.names.region}</span>
        <span class="time">{connected ? clock(view.at, view.names.zone) : 'нет связи'}</span>
      </div>
      <Screen view={view} />
      <div class="foot">
        <div class="places" role="group" aria-label="Экраны">
          {SCREENS.map((_, place) => (
            <button
              type="button"
              aria-current={place === at}
              aria-label={`Экран ${place + 1}`}
              onClick={() => setAt(place)}
            />
          ))}
        </div>
        <button type="button" aria-pressed={paused} onClick={() => pause(!paused)}>
          {paused ? 'Продолжить смену' : 'Остановить смену'}
        </button>
        <a href={`/${location.search.replace(/[?&](wall|screen)=\d+/g, '').replace(/^&/, '?')}`}>
          К обзору
        </a>
      </div>
    </div>
  );
}

function Present({ view }: { view: DashboardView }) {
  return (
    <Slide title="Сейчас">
      {NOW.map(([figure, , name, , tone]) => (
        <Big name={name} value={count(view.now[figure])} tone={view.now[figure] > 0 ? tone : ''} />
      ))}
    </Slide>
  );
}

function Kept({ view: { period } }: { view: DashboardView }) {
  return (
    <Slide title="Исполнено в срок">
      {CLAUSES.map(({ list, late, name, clause }) => {
        const kept = share(period.total[list], period.total[late]);
        return (
          <Big
            name={`${name} (${clause})`}
            value={percent(kept)}
            tone={kept !== null && kept < 90 ? 'late' : 'good'}
          />
        );
      })}
    </Slide>
  );
}

function Time({ view: { period } }: { view: DashboardView }) {
  const option = useMemo(() => {
    const names = period.trend.map(({ start }) => bucketName(start, period.bucket));
    return (colours: Palette) => timeOption(colours, names, period);
  }, [period]);
  return (
    <Slide title="Время ответа, рабочие часы">
      <Big name="Медиана" value={workingTime(period.total.median)} tone="long" />
      <Big name="90 % ответов не дольше" value={workingTime(period.total.ninetieth)} tone="long" />
      <div class="graph">
        <Chart option={option} height="100%" label="Медиана времени ответа по дням" />
      </div>
    </Slide>
  );
}

function Burns({ view }: { view: DashboardView }) {
  return (
    <Slide title="Что горит">
      {view.burning.length === 0 ? (
        <p class="calm">Просроченных нет, и в ближайший час ни один срок не истекает.</p>
      ) : (
        <ul class="burns">
          {view.burning.slice(0, 6).map((it) => (
            <li>
              <span class={it.late ? 'late' : 'soon'}>
                {it.late ? 'просрочено ' : 'срок '}
                {remaining(it.dueAt, Date.parse(view.at))}
              </span>
              <span class="text">{it.text}</span>
              <span class="muted">{view.names.agency[it.agency] ?? it.agency}</span>
            </li>
          ))}
        </ul>
      )}
    </Slide>
  );
}

function Slide({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section class="slide" aria-label={title}>
      <h2>{title}</h2>
      <div class="bigs">{children}</div>
    </section>
  );
}

const Big = ({ name, value, tone }: { name: string; value: string; tone: string }) => (
  <div class={`big ${tone}`}>
    <strong>{value}</strong>
    <span>{name}</span>
  </div>
);
