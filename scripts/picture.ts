/**
 * Draws `bpmn/procedure.bpmn` as Camunda Modeler shows it, into `bpmn/procedure.svg`. With `--check`
 * only says whether the picture was drawn from the diagram as it is now.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DIAGRAM_FONT } from '../web/diagram-font.ts';
import { openChromium } from './chromium.ts';

const require = createRequire(import.meta.url);
const DIAGRAM = new URL('../bpmn/procedure.bpmn', import.meta.url);
const PICTURE = new URL('../bpmn/procedure.svg', import.meta.url);

interface Viewer {
  importXML: (xml: string) => Promise<unknown>;
  saveSVG: () => Promise<{ svg: string }>;
}
declare const BpmnJS: new (options: {
  container: string;
  textRenderer: { defaultStyle: { fontFamily: string } };
}) => Viewer;

const xml = await readFile(DIAGRAM, 'utf8');
const mark = `<!-- sha256 of the diagram: ${createHash('sha256').update(xml).digest('hex')} -->`;

if (process.argv.includes('--check')) {
  if (!(await readFile(PICTURE, 'utf8')).includes(mark)) {
    console.error('bpmn/procedure.svg shows an older diagram: npm run picture');
    process.exitCode = 1;
  }
} else {
  await writeFile(PICTURE, `${await draw()}\n${mark}\n`);
}

async function draw(): Promise<string> {
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.setContent('<div id="canvas" style="width: 2000px; height: 1000px"></div>');
    await page.addScriptTag({
      path: require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js'),
    });
    return await page.evaluate(
      async ([source, fontFamily]) => {
        const textRenderer = { defaultStyle: { fontFamily } };
        const viewer = new BpmnJS({ container: '#canvas', textRenderer });
        await viewer.importXML(source);
        return (await viewer.saveSVG()).svg;
      },
      [xml, DIAGRAM_FONT] as const,
    );
  } finally {
    await browser.close();
  }
}
