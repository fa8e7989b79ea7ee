import { DateTime } from 'luxon';
import { draw, QUIET, TEXT } from '../../drawing/draw.ts';
import type { Surge } from '../../db/entities/surge.ts';
import type { Hour } from './hours.ts';

export const CHART_WIDTH = 760;
export const CHART_HEIGHT = 320;

const ORDINARY = '#2f6fb3';
const SURGE = '#d1603d';
const BAND = '#b9c7d6';

/** The hours of a surge against the usual band, as PNG; hours that its window touches stand out. */
export function surgeChart(
  { windowFrom, detectedAt }: Pick<Surge, 'windowFrom' | 'detectedAt'>,
  hours: readonly Hour[],
  zone: string,
): Buffer {
  const isOfSurge = ({ from }: Hour) =>
    from.getTime() > windowFrom.getTime() - 3_600_000 && from < detectedAt;
  const bar = (name: string, color: string, shown: (hour: Hour) => boolean) => ({
    type: 'bar',
    name,
    stack: 'messages',
    data: hours.map((hour) => (shown(hour) && hour.count > 0 ? hour.count : null)),
    itemStyle: { color },
    barCategoryGap: '25%',
  });
  const line = (name: string, values: number[], area: object) => ({
    type: 'line',
    name,
    stack: 'band',
    step: 'middle',
    symbol: 'none',
    data: values,
    lineStyle: { width: 0 },
    z: 1,
    ...area,
  });
  return draw(
    {
      legend: {
        bottom: 0,
        itemWidth: 14,
        itemHeight: 10,
        icon: 'rect',
        textStyle: TEXT,
        data: ['Сообщений за час', 'Всплеск', 'Обычно в эти часы'],
      },
      grid: { left: 44, right: 16, top: 14, bottom: 60 },
      xAxis: {
        type: 'category',
        data: hours.map(({ from }) => label(from, zone)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: QUIET.axis } },
        axisLabel: { ...TEXT, fontSize: 12, color: QUIET.text, interval: everySixth(hours, zone) },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { ...TEXT, color: QUIET.text },
        splitLine: { lineStyle: { color: QUIET.line } },
      },
      series: [
        line(
          'Снизу',
          hours.map(({ low }) => low),
          { areaStyle: { opacity: 0 } },
        ),
        line(
          'Обычно в эти часы',
          hours.map(({ low, high }) => high - low),
          {
            color: BAND,
            areaStyle: { color: BAND, opacity: 0.7 },
          },
        ),
        bar('Сообщений за час', ORDINARY, (hour) => !isOfSurge(hour)),
        bar('Всплеск', SURGE, isOfSurge),
      ],
    },
    CHART_WIDTH,
    CHART_HEIGHT,
  );
}

const label = (from: Date, zone: string): string => {
  const hour = DateTime.fromJSDate(from, { zone });
  return hour.toFormat(hour.hour === 0 ? 'dd.MM' : 'HH:mm');
};

const everySixth =
  (hours: readonly Hour[], zone: string) =>
  (index: number): boolean => {
    const hour = hours[index];
    return hour !== undefined && DateTime.fromJSDate(hour.from, { zone }).hour % 6 === 0;
  };
