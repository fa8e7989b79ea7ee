import type { EChartsCoreOption } from 'echarts/core';
import { draw, QUIET, TEXT } from '../drawing/draw.ts';
import type { MonthlySnapshot, Section } from '../procedure/monthly.ts';
import { shortMonth } from './month.ts';
import { nameIn } from './names.ts';

/** A picture of the document: PNG, `width` by `height` CSS pixels. */
export interface Chart {
  key: 'answers' | Section;
  title: string;
  png: Buffer;
  width: number;
  height: number;
}

const WIDTH = 640;
const BAR = 26;
const LABELS = 250;
const MOST = 12;

/** The month's charts; none of what has no figures (clause 14). */
export function monthlyCharts(snapshot: MonthlySnapshot): Chart[] {
  return [answersChart(snapshot), ...STRUCTURES.map(structureChart(snapshot))].filter(
    (chart) => chart !== null,
  );
}

const STRUCTURES: { section: Section; title: string }[] = [
  { section: 'topic', title: 'Сообщения по темам' },
  { section: 'municipality', title: 'Сообщения по муниципальным образованиям' },
  { section: 'kind', title: 'Сообщения по видам' },
];

function answersChart({ figures }: MonthlySnapshot): Chart | null {
  const rows = figures.byAgency.filter(({ answered }) => answered > 0);
  if (rows.length === 0) return null;
  return chart('answers', 'Ответы исполнителей, подготовленные в срок и с опозданием', {
    names: rows.map(({ shortName }) => shortName),
    series: [
      { name: 'В срок', color: '#2f6fb3', values: rows.map(({ inTime }) => inTime) },
      {
        name: 'С опозданием',
        color: '#d1603d',
        values: rows.map(({ answered, inTime }) => answered - inTime),
      },
    ],
    stacked: true,
  });
}

const structureChart =
  ({ month, figures, previous, names }: MonthlySnapshot) =>
  ({ section, title }: (typeof STRUCTURES)[number]): Chart | null => {
    const counts = figures.structure[section];
    const shown = Object.entries(counts)
      .map(([code, count]) => ({ code, count, name: nameIn(names)(section, code) }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'ru'))
      .slice(0, MOST);
    if (shown.length === 0) return null;
    const before = previous?.structure[section];
    return chart(section, Object.keys(counts).length > MOST ? `${title}, первые ${MOST}` : title, {
      names: shown.map(({ name }) => name),
      series: [
        { name: shortMonth(month), color: '#2f6fb3', values: shown.map(({ count }) => count) },
        ...(before && previous
          ? [
              {
                name: shortMonth(previous.month),
                color: '#b9c7d6',
                values: shown.map(({ code }) => before[code] ?? 0),
              },
            ]
          : []),
      ],
      stacked: false,
    });
  };

interface Bars {
  names: string[];
  series: { name: string; color: string; values: number[] }[];
  stacked: boolean;
}

function chart(key: Chart['key'], title: string, bars: Bars): Chart {
  const height = 80 + bars.names.length * BAR * (bars.stacked ? 1.15 : 1 + bars.series.length / 3);
  const png = draw(option(bars), WIDTH, height);
  return { key, title, png, width: WIDTH, height: Math.round(height) };
}

function option({ names, series, stacked }: Bars): EChartsCoreOption {
  return {
    legend: {
      bottom: 0,
      left: 'center',
      itemWidth: 14,
      itemHeight: 10,
      textStyle: TEXT,
      icon: 'rect',
    },
    grid: { left: LABELS, right: 44, top: 8, bottom: 56 },
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { ...TEXT, color: QUIET.text },
      splitLine: { lineStyle: { color: QUIET.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: QUIET.axis } },
      axisLabel: { ...TEXT, width: LABELS - 20, overflow: 'truncate', ellipsis: '…', interval: 0 },
    },
    series: series.map(({ name, color, values }) => ({
      type: 'bar',
      name,
      // A nought has no bar, so it needs no number beside it either.
      data: values.map((value) => (value === 0 && stacked ? null : value)),
      itemStyle: { color },
      barMaxWidth: 16,
      barGap: '10%',
      ...(stacked && { stack: 'all' }),
      label: {
        show: true,
        ...TEXT,
        fontSize: 12,
        position: stacked ? 'inside' : 'right',
        ...(stacked && { color: '#ffffff' }),
      },
    })),
  };
}
