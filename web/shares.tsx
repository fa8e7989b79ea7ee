import type { EChartsCoreOption } from 'echarts/core';
import { useMemo, useState } from 'preact/hooks';
import type { AgencyShare, Share } from '../src/dashboard/period-figures.ts';
import type { DashboardView } from '../src/dashboard/view.ts';
import { listAddress } from './address.ts';
import { Chart, type Palette } from './chart.tsx';
import { count, percent, share, workingTime } from './format.ts';

type Dimension = 'agency' | 'network' | 'topic' | 'municipality';

const CHARTS = [
  ['network', 'По сетям'],
  ['topic', 'По темам'],
  ['municipality', 'По муниципалитетам'],
] as const;
const BARS = 8;

/** The figures by agency, network, topic and municipality. */
export function Shares({ view }: { view: DashboardView }) {
  return (
    <>
      <section aria-labelledby="agencies">
        <h2 id="agencies">По органам</h2>
        <div class="card scrolls" tabIndex={0} role="group" aria-labelledby="agencies">
          <Table view={view} dimension="agency" first="Орган" />
        </div>
      </section>
      <section aria-labelledby="structure" class="thirds">
        <h2 id="structure" class="whole">
          Структура
        </h2>
        {CHARTS.map(([dimension, name]) => (
          <Structure view={view} dimension={dimension} name={name} />
        ))}
      </section>
    </>
  );
}

function Structure(given: { view: DashboardView; dimension: Dimension; name: string }) {
  const { view, dimension, name } = given;
  const rows = view.period[dimension];
  const shown = useMemo(() => rows.slice(0, BARS), [rows]);
  const named = (code: string) => view.names[dimension][code] ?? code;
  const option = useMemo(() => (colours: Palette) => bars(colours, shown, named), [shown]);
  return (
    <div class="card">
      <h3>{name}</h3>
      {rows.length === 0 ? (
        <p class="muted">За период нет данных.</p>
      ) : (
        <Chart
          option={option}
          height={`${Math.max(2, shown.length) * 30}px`}
          label={`${name}: больше всего поручений — ${named(shown[0]?.code ?? '')}`}
          open={(at) =>
            listAddress('received', view.filters, { [dimension]: shown[at]?.code ?? '' })
          }
        />
      )}
      <details>
        <summary>Таблицей{rows.length > BARS ? `, все ${rows.length}` : ''}</summary>
        <div class="scrolls" tabIndex={0} role="group" aria-label={`${name}: таблица`}>
          <Table view={view} dimension={dimension} first={name.replace('По ', '')} brief />
        </div>
      </details>
    </div>
  );
}

function bars(colours: Palette, rows: Share[], named: (code: string) => string): EChartsCoreOption {
  const { accent, muted, text } = colours;
  const short = (name: string) =>
    name.replace(' муниципальный округ', ' МО').replace('Город ', 'г. ');
  return {
    grid: { left: 172, right: 44, top: 0, bottom: 0 },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ code }) => short(named(code))),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: muted, width: 164, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        name: 'Поручения',
        data: rows.map(({ received }) => received),
        barMaxWidth: 18,
        itemStyle: { color: accent, borderRadius: [0, 3, 3, 0] },
        label: {
          show: true,
          position: 'right',
          color: text,
          formatter: ({ value }: { value: number }) => count(value),
        },
      },
    ],
  };
}

/** Only agencies have times. */
type Row = Share & Partial<Pick<AgencyShare, 'median' | 'ninetieth'>>;

interface Head {
  name: string;
  value: (row: Row) => number | null;
}

const HEADS: (Head & { brief: boolean })[] = [
  { name: 'Поручения', value: ({ received }) => received, brief: true },
  { name: 'Ответы', value: ({ answered }) => answered, brief: true },
  { name: 'В срок, п. 6', value: (row) => share(row.clause6, row.clause6Late), brief: true },
  { name: 'Нарушений', value: ({ clause6Late }) => clause6Late, brief: false },
  { name: 'Медиана', value: ({ median }) => median ?? null, brief: false },
  { name: '90 %', value: ({ ninetieth }) => ninetieth ?? null, brief: false },
  { name: 'Возвраты', value: ({ returns }) => returns, brief: true },
  { name: 'Доработки', value: ({ rework }) => rework, brief: true },
  { name: 'Недостатки', value: ({ shortcomings }) => shortcomings, brief: false },
];

function Table(given: {
  view: DashboardView;
  dimension: Dimension;
  first: string;
  brief?: boolean;
}) {
  const { view, dimension, first, brief = false } = given;
  const [order, setOrder] = useState({ column: 'Поручения', up: false });
  const heads = HEADS.filter((head) => !brief || head.brief);
  const chosen = HEADS.find(({ name }) => name === order.column) ?? HEADS[0]!;
  const rows: Row[] = [...(view.period[dimension] as Row[])].sort((a, b) => {
    const [x, y] = [chosen.value(a) ?? -1, chosen.value(b) ?? -1];
    return order.up ? x - y : y - x;
  });
  const link = (row: Row, list: Parameters<typeof listAddress>[0], value: number, late = false) => (
    <a
      href={listAddress(list, view.filters, {
        [dimension]: row.code,
        ...(late && { late: 'yes' as const }),
      })}
    >
      {count(value)}
    </a>
  );
  return (
    <table class="shares">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {heads.map(({ name }) => (
            <th
              scope="col"
              aria-sort={
                name === order.column ? (order.up ? 'ascending' : 'descending') : undefined
              }
            >
              <button
                type="button"
                onClick={() => setOrder({ column: name, up: name === order.column && !order.up })}
              >
                {name}
                <span aria-hidden="true">
                  {name === order.column ? (order.up ? ' ▲' : ' ▼') : ''}
                </span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const kept = share(row.clause6, row.clause6Late);
          return (
            <tr>
              <th scope="row">{view.names[dimension][row.code] ?? row.code}</th>
              <td>{link(row, 'received', row.received)}</td>
              <td>{link(row, 'answered', row.answered)}</td>
              <td class={kept !== null && kept < 90 ? 'late' : ''}>{percent(kept)}</td>
              {!brief && (
                <>
                  <td>{link(row, 'clause6', row.clause6Late, true)}</td>
                  <td>{workingTime(row.median ?? null)}</td>
                  <td>{workingTime(row.ninetieth ?? null)}</td>
                </>
              )}
              <td>{link(row, 'returns', row.returns)}</td>
              <td>{link(row, 'rework', row.rework)}</td>
              {!brief && <td>{link(row, 'shortcomings', row.shortcomings)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
