import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'preact/hooks';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The colours of the page as it looks now. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  accent: string;
  second: string;
  late: string;
  good: string;
  card: string;
  /** Of letters, in pixels. */
  size: number;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

function palette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: colour('--ink'),
    muted: colour('--muted'),
    line: colour('--grid'),
    accent: colour('--accent'),
    second: colour('--second'),
    late: colour('--late'),
    good: colour('--good'),
    card: colour('--card'),
    size: Math.round(parseFloat(style.fontSize) * 0.8),
  };
}

interface Given {
  option: (palette: Palette) => EChartsCoreOption;
  /** In CSS. */
  height: string;
  /** What a screen reader says instead. */
  label: string;
  /** What a click on a bar or point opens, by its place. */
  open?: (at: number) => string;
}

/** A chart by ECharts that follows the page's colours and width. */
export function Chart({ option, height, label, open }: Given) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const latest = useRef({ option, open });
  latest.current = { option, open };

  useEffect(() => {
    const element = place.current!;
    const drawn = init(element, null, { renderer: 'canvas' });
    chart.current = drawn;
    const draw = () =>
      drawn.setOption(frame(latest.current.option(palette(element)), element), true);
    const printing = () => {
      draw();
      drawn.resize();
    };
    const sized = new ResizeObserver(() => drawn.resize());
    sized.observe(element);
    dark.addEventListener('change', draw);
    addEventListener('beforeprint', printing);
    drawn.on('click', ({ dataIndex }) => {
      const address = latest.current.open?.(dataIndex);
      if (address) location.assign(address);
    });
    return () => {
      sized.disconnect();
      dark.removeEventListener('change', draw);
      removeEventListener('beforeprint', printing);
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    const element = place.current!;
    chart.current?.setOption(frame(option(palette(element)), element), true);
  }, [option]);
  return <div ref={place} class="chart" role="img" aria-label={label} style={{ height }} />;
}

/** What all charts share: the page's letters, no motion, a plain tooltip. */
function frame(option: EChartsCoreOption, element: Element): EChartsCoreOption {
  const { text, card, line, size } = palette(element);
  const { fontFamily } = getComputedStyle(element);
  return {
    animation: false,
    textStyle: { color: text, fontFamily, fontSize: size },
    ...option,
    tooltip: {
      trigger: 'axis',
      backgroundColor: card,
      borderColor: line,
      textStyle: { color: text },
      confine: true,
      ...(option['tooltip'] as object | undefined),
    },
  };
}

/** Axes without ornament. */
export const axes = ({ muted, line, size }: Palette, names: string[]) => ({
  xAxis: {
    type: 'category',
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: muted, hideOverlap: true, fontSize: size },
  },
  yAxis: {
    type: 'value',
    splitNumber: 3,
    minInterval: 1,
    axisLabel: { color: muted, fontSize: size },
    splitLine: { lineStyle: { color: line } },
  },
});
