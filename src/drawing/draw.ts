import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, setPlatformAPI, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// Without a canvas letters are measured as if each were a square: PT Sans is half as wide.
setPlatformAPI({
  measureText: (text, font) => ({
    width: text.length * 0.54 * Number(/(\d+)px/.exec(font ?? '')?.[1] ?? 12),
  }),
});
use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

const SCALE = 2.5;
const FAMILY = 'PT Sans';

/** How letters of a chart look. */
export const TEXT = { fontFamily: FAMILY, fontSize: 13, color: '#1d2733' };
/** Of what is not the point of a chart. */
export const QUIET = { text: '#5a6673', line: '#e3e8ee', axis: '#8a96a3' };

/** A chart as PNG: `width` by `height` CSS pixels, drawn larger, the same on every machine. */
export function draw(option: EChartsCoreOption, width: number, height: number): Buffer {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height });
  instance.setOption({ animation: false, backgroundColor: '#ffffff', textStyle: TEXT, ...option });
  const svg = instance.renderToSVGString();
  instance.dispose();
  const image = new Resvg(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: FAMILY },
    fitTo: { mode: 'zoom', value: SCALE },
  });
  return image.render().asPng();
}

const require = createRequire(import.meta.url);
/** PT Sans, which has Cyrillic: pictures must not depend on the machine's fonts. */
const FONTS = ['400Regular/PTSans_400Regular', '700Bold/PTSans_700Bold'].map((name) =>
  require.resolve(`@expo-google-fonts/pt-sans/${name}.ttf`),
);
