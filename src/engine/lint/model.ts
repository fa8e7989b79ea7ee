import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** What the checks read of a BPMN element; the parser has no types of its own. */
export interface Model {
  $type: string;
  id: string;
  name?: string;
  rootElements?: Model[];
  flowElements?: Model[];
  eventDefinitions?: Timer[];
  extensionElements?: { values?: { $type: string; type?: string }[] };
}

/** An event definition; of a timer one of the three is there. */
export interface Timer {
  $type: string;
  timeDate?: { body?: string };
  timeDuration?: { body?: string };
  timeCycle?: { body?: string };
}

/** A diagram as read: `root` for the linter, `elements` by process and sub-process, from outside in. */
export interface Diagram {
  root: Model;
  elements: Model[];
  /** What could not be read, in the parser's words. */
  warnings: string[];
}

/** @throws Error for what is no BPMN at all. */
export async function readDiagram(xml: string): Promise<Diagram> {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(xml);
  const root = rootElement as Model;
  return {
    root,
    elements: (root.rootElements ?? []).flatMap(within),
    warnings: (warnings as { message: string }[]).map(({ message }) => message),
  };
}

const within = (element: Model): Model[] => [
  element,
  ...(element.flowElements ?? []).flatMap(within),
];
