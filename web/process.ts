import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { DIAGRAM_FONT } from './diagram-font.ts';
import './process.css';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
type Shape = Box & { id: string };

/** The parts of the viewer that are used; they are asked for by name. */
interface Canvas {
  addMarker: (id: string, marker: string) => void;
  viewbox: (box?: Box) => Box & { outer: { width: number; height: number } };
  zoom: (scale?: number | 'fit-viewport') => number;
}
interface Registry {
  get: (id: string) => Shape | undefined;
}
interface Overlays {
  add: (id: string, overlay: { position: object; html: string; scale?: boolean }) => void;
}

const DIAGRAM = '/assets/procedure.bpmn';
const POOL = 'procedure-pool';
const AROUND = 60;
/** Below it names cannot be read: one part is shown then, at a scale that is easy on the eyes. */
const LEAST_SCALE = 0.5;
const EASY_SCALE = 0.75;

/** Draws the process of the page's message: read-only, passed and current elements marked. */
async function draw(holder: HTMLElement): Promise<void> {
  const listed = (name: string) => (holder.dataset[name] ?? '').split(' ').filter(Boolean);
  const response = await fetch(DIAGRAM);
  if (!response.ok) return;
  holder.hidden = false;
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  holder.append(sheet);
  const viewer = new NavigatedViewer({
    container: sheet,
    zoomScroll: { enabled: false },
    textRenderer: { defaultStyle: { fontFamily: DIAGRAM_FONT } },
    bpmnRenderer: {
      defaultFillColor: 'var(--sheet)',
      defaultStrokeColor: 'var(--stroke)',
      defaultLabelColor: 'var(--stroke)',
    },
  });
  await viewer.importXML(await response.text());
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  const known = (ids: string[]) => ids.flatMap((id) => registry.get(id) ?? []);

  const current = known(listed('current'));
  const passed = known(listed('passed')).filter(({ id }) => !current.some((it) => it.id === id));
  for (const { id } of passed) canvas.addMarker(id, 'passed');
  for (const { id } of current) {
    canvas.addMarker(id, 'current');
    overlays.add(id, { position: { top: -14, left: 4 }, html: '<span class="now">сейчас</span>' });
  }
  sheet.querySelector('svg')?.setAttribute('aria-hidden', 'true');
  sheet.querySelector('svg')?.removeAttribute('tabindex');

  const last = current.length > 0 ? current : passed.slice(-1);
  const pool = registry.get(POOL);
  const show = (shapes: Shape[], least: number) => {
    const box = shapes.length > 0 ? around(shapes) : pool;
    if (!box) return;
    canvas.viewbox(box);
    if (canvas.zoom() < least) centre(canvas, around(last), EASY_SCALE);
    if (canvas.zoom() > 1) centre(canvas, box, 1);
  };
  const nearby = () => show([...passed, ...current], LEAST_SCALE);
  const bar = document.createElement('div');
  bar.className = 'bar-of-sheet';
  const button = (name: string, act: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = name;
    made.addEventListener('click', act);
    bar.append(made);
  };
  button('Крупнее', () => canvas.zoom(canvas.zoom() * 1.3));
  button('Мельче', () => canvas.zoom(canvas.zoom() / 1.3));
  button('Вся схема', () => show([], 0));
  button(current.length > 0 ? 'К текущему шагу' : 'К последнему шагу', nearby);
  holder.append(bar);
  nearby();
  holder.dataset['drawn'] = 'yes';
}

function around(shapes: readonly Box[]): Box {
  const left = Math.min(...shapes.map(({ x }) => x)) - AROUND;
  const top = Math.min(...shapes.map(({ y }) => y)) - AROUND;
  const right = Math.max(...shapes.map(({ x, width }) => x + width)) + AROUND;
  const bottom = Math.max(...shapes.map(({ y, height }) => y + height)) + AROUND;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Shows the middle of a box at a scale. */
function centre(canvas: Canvas, box: Box, scale: number): void {
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    width,
    height,
  });
}

const holder = document.getElementById('process');
if (holder) void draw(holder);
