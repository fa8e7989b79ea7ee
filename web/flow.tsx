import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'preact/hooks';
import type { PeriodFigures } from '../src/dashboard/period-figures.ts';
import type { DashboardView } from '../src/dashboard/view.ts';
import type { UrgentFigures } from '../src/urgent/list.ts';
import { listAddress, urgentAddress, type Chosen } from './address.ts';
import { axes, Chart, type Palette } from './chart.tsx';
import { BUCKETS, bucketName, count, spokenTime, workingTime } from './format.ts';

/** What came in and went out in the period, and how long answers took. */
export function Flow({ view }: { view: DashboardView }) {
  const { period, filters, urgent } = view;
  const { total, trend, bucket } = period;
  const names = useMemo(() => trend.map(({ start }) => bucketName(start, bucket)), [period]);
  const flow = useMemo(() => (colours: Palette) => flowOption(colours, names, period), [period]);
  const time = useMemo(() => (colours: Palette) => timeOption(colours, names, period), [period]);
  const open = (list: 'received' | 'answered') => (at: number) =>
    listAddress(list, { ...filters, ...bucketDays(period, at, filters) });
  return (
    <section aria-labelledby="flow" class="halves">
      <h2 id="flow" class="whole">
        За период
      </h2>
      <div class="card">
        <dl class="facts">
          <Fact view={view} list="received" name="поручений" value={total.received} />
          <Fact view={view} list="answered" name="ответов" value={total.answered} />
          <Fact view={view} list="returns" name="возвратов" value={total.returns} />
          <Fact view={view} list="rework" name="доработок" value={total.rework} />
          <Fact view={view} list="shortcomings" name="недостатков" value={total.shortcomings} />
        </dl>
        <h3>Поручения и ответы {BUCKETS[bucket]}</h3>
        <Chart
          option={flow}
          height="240px"
          open={open('received')}
          label={`Поручения и ответы ${BUCKETS[bucket]}: всего ${count(total.received)} и ${count(total.answered)}`}
        />
      </div>
      <div class="card">
        <dl class="facts">
          <div>
            <dt>медиана</dt>
            <dd>{workingTime(total.median)}</dd>
          </div>
          <div>
            <dt>90 % ответов не дольше</dt>
            <dd>{workingTime(total.ninetieth)}</dd>
          </div>
        </dl>
        <h3>Время ответа, рабочие часы</h3>
        {total.median === null ? (
          <p class="muted">За период ответов нет.</p>
        ) : (
          <Chart
            option={time}
            height="240px"
            open={open('answered')}
            label={`Рабочее время от поручения до публикации ${BUCKETS[bucket]}: медиана ${workingTime(total.median)}`}
          />
        )}
      </div>
      {urgent && (
        <p class="whole muted">
          Срочных докладов Губернатору:{' '}
          <a href={urgentAddress(filters)} data-figure="urgent">
            {count(urgent.bySurge + urgent.byHand)}
          </a>
          {urgentWords(urgent)}
        </p>
      )}
    </section>
  );
}

/** How reports to the Governor came about and how soon they went; empty: there were none. */
function urgentWords({ bySurge, byHand, medianMs }: UrgentFigures): string {
  if (bySurge + byHand === 0) return '';
  const soon = medianMs === null ? '' : `; от выявления до отправки обычно ${spokenTime(medianMs)}`;
  return `, из них по всплескам — ${count(bySurge)}, по отметке куратора — ${count(byHand)}${soon}`;
}

function Fact(given: {
  view: DashboardView;
  list: 'received' | 'answered' | 'returns' | 'rework' | 'shortcomings';
  name: string;
  value: number;
}) {
  const { view, list, name, value } = given;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <a href={listAddress(list, view.filters)} data-figure={list}>
          {count(value)}
        </a>
      </dd>
    </div>
  );
}

/** The days of a point of the trend that lie in the period. */
function bucketDays(
  { trend, bucket }: PeriodFigures,
  at: number,
  { from = '', to = '' }: Chosen,
): Chosen {
  const start = trend[at]?.start ?? from;
  const next = new Date(`${start}T12:00:00Z`);
  if (bucket === 'month') next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + (bucket === 'week' ? 7 : 1));
  const end = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
  return { from: start < from ? from : start, to: end > to ? to : end };
}

const LEGEND = ({ text, size }: Palette) => ({
  legend: {
    top: 0,
    left: 0,
    itemWidth: 14,
    itemHeight: 10,
    textStyle: { color: text, fontSize: size },
  },
  grid: { left: size * 3.5, right: 12, top: size * 2.8, bottom: size * 2 },
});

const flowOption = (
  colours: Palette,
  names: string[],
  { trend }: PeriodFigures,
): EChartsCoreOption => ({
  ...LEGEND(colours),
  ...axes(colours, names),
  series: [
    {
      type: 'bar',
      name: 'Поручения',
      data: trend.map(({ received }) => received),
      itemStyle: { color: colours.second, borderRadius: [3, 3, 0, 0] },
      barGap: '10%',
    },
    {
      type: 'bar',
      name: 'Ответы',
      data: trend.map(({ answered }) => answered),
      itemStyle: { color: colours.accent, borderRadius: [3, 3, 0, 0] },
    },
  ],
});

export const timeOption = (
  colours: Palette,
  names: string[],
  { trend }: PeriodFigures,
): EChartsCoreOption => {
  const hours = (minutes: number | null) => (minutes === null ? null : minutes / 60);
  return {
    ...LEGEND(colours),
    ...axes(colours, names),
    tooltip: {
      valueFormatter: (value: number | null) =>
        workingTime(value == null ? null : Math.round(value * 60)),
    },
    series: [
      line(
        'Медиана',
        trend.map(({ median }) => hours(median)),
        colours.accent,
      ),
      line(
        '90 % ответов',
        trend.map(({ ninetieth }) => hours(ninetieth)),
        colours.accent,
        'dashed',
      ),
    ],
  };
};

const line = (
  name: string,
  data: (number | null)[],
  color: string,
  type: 'solid' | 'dashed' = 'solid',
) => ({
  type: 'line',
  name,
  data,
  connectNulls: true,
  showSymbol: data.length < 3,
  lineStyle: { width: 2.5, color, type },
  itemStyle: { color },
});
