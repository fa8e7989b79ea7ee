import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'preact/hooks';
import type { Counts } from '../src/dashboard/parts.ts';
import type { DashboardView } from '../src/dashboard/view.ts';
import { listAddress } from './address.ts';
import { Chart, type Palette } from './chart.tsx';
import { bucketName, count, percent, share } from './format.ts';

export const CLAUSES = [
  { list: 'returns', late: 'returnsLate', name: 'Возврат', clause: 'п. 5', limit: '30 минут' },
  {
    list: 'clause6',
    late: 'clause6Late',
    name: 'Подготовка ответа',
    clause: 'п. 6',
    limit: '8 рабочих часов',
  },
  {
    list: 'clause8',
    late: 'clause8Late',
    name: 'Рассмотрение куратором',
    clause: 'п. 8',
    limit: '1 рабочий час',
  },
  {
    list: 'clause9',
    late: 'clause9Late',
    name: 'Доработка',
    clause: 'п. 9',
    limit: '1 рабочий час',
  },
] as const satisfies readonly { list: keyof Counts; late: keyof Counts; [key: string]: string }[];

/** What was kept in time, clause by clause, with its trend. */
export function Clauses({ view }: { view: DashboardView }) {
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses">Доля исполненного в срок</h2>
      <div class="cards four kept">
        {CLAUSES.map((clause) => (
          <Clause view={view} clause={clause} />
        ))}
      </div>
    </section>
  );
}

function Clause({ view, clause }: { view: DashboardView; clause: (typeof CLAUSES)[number] }) {
  const { list, late, name, limit } = clause;
  const { total, trend, bucket } = view.period;
  const kept = share(total[list], total[late]);
  const option = useMemo(() => {
    const points = trend.map((point) => share(point[list], point[late]));
    const names = trend.map(({ start }) => bucketName(start, bucket));
    return (colours: Palette) => sparkline(colours, names, points);
  }, [view.period]);
  return (
    <div class="card clause">
      <span class="name">
        {name} <span class="muted">({clause.clause})</span>
      </span>
      <strong class={kept !== null && kept < 90 ? 'late' : ''}>{percent(kept)}</strong>
      <Change now={kept} before={sharesBefore(view.previous, clause)} />
      <Chart
        option={option}
        height="56px"
        label={`${name}: доля в срок по времени, сейчас ${percent(kept)}`}
      />
      <span class="note">
        <a href={listAddress(list, view.filters)} data-figure={list}>
          {count(total[list])}
        </a>{' '}
        всего,{' '}
        <a href={listAddress(list, view.filters, { late: 'yes' })} data-figure={late}>
          {count(total[late])}
        </a>{' '}
        с нарушением; срок — {limit}
      </span>
    </div>
  );
}

const sharesBefore = (before: Counts, { list, late }: (typeof CLAUSES)[number]) =>
  share(before[list], before[late]);

/** Against as many days before, in points. */
function Change({ now, before }: { now: number | null; before: number | null }) {
  if (now === null || before === null)
    return <span class="change muted">нет данных для сравнения</span>;
  const points = now - before;
  if (Math.abs(points) < 0.05) return <span class="change muted">как в прошлом периоде</span>;
  const size = Math.abs(points).toLocaleString('ru-RU', { maximumFractionDigits: 1 });
  return points > 0 ? (
    <span class="change good">▲ на {size} п. п. лучше</span>
  ) : (
    <span class="change late">▼ на {size} п. п. хуже</span>
  );
}

function sparkline(
  { accent }: Palette,
  names: string[],
  points: (number | null)[],
): EChartsCoreOption {
  const lowest = Math.min(100, ...points.filter((point) => point !== null));
  return {
    grid: { left: 4, right: 4, top: 6, bottom: 6 },
    xAxis: { type: 'category', data: names, show: false, boundaryGap: points.length < 2 },
    yAxis: {
      type: 'value',
      min: Math.max(0, Math.floor(lowest / 10) * 10 - 5),
      max: 100,
      show: false,
    },
    tooltip: { valueFormatter: (value: number | null) => percent(value ?? null) },
    series: [
      {
        type: 'line',
        name: 'В срок',
        data: points,
        connectNulls: true,
        showSymbol: points.length < 2,
        symbolSize: 6,
        lineStyle: { width: 2, color: accent },
        itemStyle: { color: accent },
        areaStyle: { color: accent, opacity: 0.12 },
      },
    ],
  };
}
