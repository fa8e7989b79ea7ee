import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DashboardView, LiveView } from '../src/dashboard/view.ts';
import { readAddress, toQuery, withoutPeriod, type Chosen } from './address.ts';
import { Burning } from './burning.tsx';
import { Clauses } from './clauses.tsx';
import './dashboard.css';
import { FilterBar } from './filters.tsx';
import { Flow } from './flow.tsx';
import { instant } from './format.ts';
import { Health } from './health.tsx';
import { Now } from './now.tsx';
import { Shares } from './shares.tsx';
import { Wall } from './wall.tsx';

/** The figures of the period are asked for again this long after something changed. */
const PERIOD_EVERY_MS = 20_000;

function Dashboard({ wall }: { wall: boolean }) {
  const [chosen, setChosen] = useState(() => readAddress(location.search));
  const [view, setView] = useState<DashboardView | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [connected, setConnected] = useState(true);
  const query = toQuery(chosen);
  const stale = useRef(false);

  useEffect(() => {
    const leave = new AbortController();
    const load = () =>
      loadView(query, leave.signal).then(
        (loaded) => {
          setView(loaded);
          setFault(null);
        },
        (error: Error) => leave.signal.aborted || setFault(error.message),
      );
    void load();
    const events = new EventSource(`/events?${toQuery(withoutPeriod(chosen))}`);
    events.addEventListener('open', () => setConnected(true));
    events.addEventListener('error', () => setConnected(false));
    events.addEventListener('live', ({ data }: MessageEvent<string>) => {
      const live = JSON.parse(data) as LiveView;
      setView((was) => was && { ...was, ...live, at: new Date().toISOString() });
      stale.current = true;
    });
    const timer = setInterval(() => {
      if (!stale.current) return;
      stale.current = false;
      void load();
    }, PERIOD_EVERY_MS);
    return () => {
      leave.abort();
      events.close();
      clearInterval(timer);
    };
  }, [query]);
  useEffect(() => {
    const back = () => setChosen(readAddress(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const change = (next: Chosen) => {
    history.pushState(null, '', `${location.pathname}?${toQuery(next)}`);
    setChosen(readAddress(location.search));
  };

  if (fault !== null) {
    return (
      <div class="refusal" role="alert">
        <p>{fault}</p>
        <p>
          <a href="/">Обзор без отбора</a>
        </p>
      </div>
    );
  }
  if (view === null) return <p class="muted">Загрузка показателей…</p>;
  if (wall) return <Wall view={view} connected={connected} />;
  return (
    <>
      <FilterBar view={view} change={change} />
      <Now view={view} />
      <Burning view={view} />
      <Clauses view={view} />
      <Flow view={view} />
      <Shares view={view} />
      <Health view={view} connected={connected} />
      <p class="muted stamp">
        По состоянию на {instant(view.at, view.names.zone)}.{' '}
        <a href={`/wall?${query}`}>Режим экрана</a>
      </p>
    </>
  );
}

/** @throws Error with words for people. */
async function loadView(query: string, signal: AbortSignal): Promise<DashboardView> {
  const response = await fetch(`/figures?${query}`, {
    signal,
    headers: { accept: 'application/json' },
  });
  if (response.redirected)
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  if (response.ok) return (await response.json()) as DashboardView;
  if (response.status >= 500)
    throw new Error('Показатели не загрузились. Обновите страницу через минуту.');
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  throw new Error(page.querySelector('main p')?.textContent ?? 'Запрос не принят.');
}

const root = document.getElementById('dashboard');
if (root) {
  const wall = root.dataset['mode'] === 'wall';
  document.documentElement.classList.toggle('on-wall', wall);
  root.replaceChildren();
  render(<Dashboard wall={wall} />, root);
}
