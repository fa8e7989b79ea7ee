import { readFile } from 'node:fs/promises';
import { BpmnModdle } from 'bpmn-moddle';
import { expect } from 'chai';
import { elements } from '../src/engine/contract.ts';

/** What is wider is a sub-process, a lane or a pool, which flows enter. */
const WIDEST_TASK = 250;

interface Box {
  id: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}
type Point = [x: number, y: number];

interface Drawn {
  bpmnElement: { id: string; $type: string };
  bounds?: { x: number; y: number; width: number; height: number };
  waypoint?: { x: number; y: number }[];
}

const { rootElement } = (await new BpmnModdle().fromXML(
  await readFile('bpmn/procedure.bpmn', 'utf8'),
)) as unknown as { rootElement: { diagrams: { plane: { planeElement: Drawn[] } }[] } };
const drawn = rootElement.diagrams.flatMap((diagram) => diagram.plane.planeElement);

const boxes: Box[] = drawn.flatMap(({ bpmnElement, bounds }) =>
  bounds === undefined || bpmnElement.$type === 'bpmn:BoundaryEvent'
    ? []
    : [
        {
          id: bpmnElement.id,
          left: bounds.x,
          top: bounds.y,
          right: bounds.x + bounds.width,
          bottom: bounds.y + bounds.height,
        },
      ],
);

const flows = drawn.flatMap(({ bpmnElement, waypoint }) =>
  waypoint === undefined
    ? []
    : [{ id: bpmnElement.id, points: waypoint.map(({ x, y }): Point => [x, y]) }],
);

const within = (inner: Box, outer: Box) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const segments = (points: Point[]) =>
  points.slice(1).map((to, index): [Point, Point] => [points[index] ?? to, to]);

/** Whether a level and an upright line cross in their midst. */
function cross(
  [[ax, ay], [bx, by]]: [Point, Point],
  [[cx, cy], [dx, dy]]: [Point, Point],
): boolean {
  const between = (value: number, one: number, other: number) =>
    value > Math.min(one, other) && value < Math.max(one, other);
  if (ay === by && cx === dx) return between(cx, ax, bx) && between(ay, cy, dy);
  if (ax === bx && cy === dy) return between(ax, cx, dx) && between(cy, ay, by);
  return false;
}

describe('the drawing', () => {
  it('shows everything', () => {
    const ids = new Set(boxes.map(({ id }) => id));
    const solid = elements.filter(({ type }) => type !== 'BoundaryEvent');
    expect(solid.filter(({ id }) => !ids.has(id))).to.deep.equal([]);
    expect(flows).to.have.length.above(100);
  });

  it('lays no element over another', () => {
    const clashes = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => overlap(a, b) && !within(a, b) && !within(b, a))
        .map((b) => `${a.id} and ${b.id}`),
    );
    expect(clashes).to.deep.equal([]);
  });

  it('crosses no two flows', () => {
    const crossings = flows.flatMap((a, index) =>
      flows
        .slice(index + 1)
        .filter((b) =>
          segments(a.points).some((one) => segments(b.points).some((other) => cross(one, other))),
        )
        .map((b) => `${a.id} and ${b.id}`),
    );
    expect(crossings).to.deep.equal([]);
  });

  it('leads no flow through an element', () => {
    const solid = boxes.filter((box) => box.right - box.left <= WIDEST_TASK);
    const through = flows.flatMap(({ id, points }) =>
      solid
        .filter((box) =>
          segments(points).some(([[ax, ay], [bx, by]]) =>
            overlap(
              {
                id,
                left: Math.min(ax, bx),
                right: Math.max(ax, bx),
                top: Math.min(ay, by),
                bottom: Math.max(ay, by),
              },
              box,
            ),
          ),
        )
        .map((box) => `${id} through ${box.id}`),
    );
    expect(through).to.deep.equal([]);
  });
});
