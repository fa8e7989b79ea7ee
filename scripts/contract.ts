/**
 * Writes `src/engine/contract.ts` from the diagram: job types, messages, errors and elements are
 * never typed by hand. With `--check` only says whether the file is up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { BpmnModdle } from 'bpmn-moddle';
import prettier from 'prettier';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

const DIAGRAM = new URL('../bpmn/procedure.bpmn', import.meta.url);
const CONTRACT = new URL('../src/engine/contract.ts', import.meta.url);

/** What this script reads of a BPMN element; the model has no types of its own. */
interface Model {
  $type: string;
  id: string;
  name?: string;
  errorCode?: string;
  type?: string;
  formId?: string;
  isExecutable?: boolean;
  rootElements?: Model[];
  flowElements?: Model[];
  incoming?: { sourceRef: Model }[];
  extensionElements?: { values?: Model[] };
  properties?: { name: string; value: string }[];
}

const { rootElement } = (await new BpmnModdle({ zeebe }).fromXML(
  await readFile(DIAGRAM, 'utf8'),
)) as unknown as { rootElement: Model };
const roots = rootElement.rootElements ?? [];

const extensions = (element: Model, type: string) =>
  (element.extensionElements?.values ?? []).filter((it) => it.$type === type);

const flatten = (element: Model): Model[] =>
  (element.flowElements ?? []).flatMap((child) => [child, ...flatten(child)]);

const unique = (values: (string | null | undefined)[]) =>
  [...new Set(values.filter((value) => value != null))].sort();

const processes = roots.filter((it) => it.$type === 'bpmn:Process');
const elements = processes.flatMap((process) =>
  flatten(process)
    .filter((it) => it.$type !== 'bpmn:SequenceFlow')
    .map((it) => ({
      id: it.id,
      type: it.$type.replace('bpmn:', ''),
      name: it.name ?? '',
      process: process.id,
      jobType: extensions(it, 'zeebe:TaskDefinition')[0]?.type ?? null,
      form: extensions(it, 'zeebe:FormDefinition')[0]?.formId ?? null,
      after: unique((it.incoming ?? []).map(({ sourceRef }) => sourceRef.id)),
      clauses: extensions(it, 'zeebe:Properties')
        .flatMap((holder) => holder.properties ?? [])
        .filter((property) => property.name === 'clause')
        .flatMap((property) => property.value.split(',').map(Number)),
    })),
);

const named = (type: string, key: 'name' | 'errorCode') =>
  unique(roots.filter((it) => it.$type === type).map((it) => it[key]));
const list = (name: string, type: string, values: readonly string[]) =>
  `export const ${name} = ${JSON.stringify(values)} as const;\n` +
  `export type ${type} = (typeof ${name})[number];\n\n`;

const source =
  '// Generated from bpmn/procedure.bpmn by `npm run contract`: change the diagram, not this file.\n\n' +
  list('processIds', 'ProcessId', unique(processes.map((it) => it.id))) +
  list('jobTypes', 'JobType', unique(elements.map((it) => it.jobType))) +
  list('messageNames', 'MessageName', named('bpmn:Message', 'name')) +
  list('errorCodes', 'ErrorCode', named('bpmn:Error', 'errorCode')) +
  list('formIds', 'FormId', unique(elements.map((it) => it.form))) +
  list(
    'elementIds',
    'ElementId',
    elements.map((it) => it.id),
  ) +
  '/** An element of the diagram, those that flow into it and the clauses of the Procedure that it serves. */\n' +
  'export interface Element { id: ElementId; type: string; name: string; process: ProcessId; ' +
  'jobType: JobType | null; form: FormId | null; after: readonly ElementId[]; clauses: readonly number[] }\n\n' +
  `export const elements: readonly Element[] = ${JSON.stringify(elements)};\n`;

const formatted = await prettier.format(source, {
  ...(await prettier.resolveConfig(CONTRACT)),
  parser: 'typescript',
});
if (process.argv.includes('--check')) {
  if ((await readFile(CONTRACT, 'utf8')) !== formatted) {
    console.error('src/engine/contract.ts does not match bpmn/procedure.bpmn: npm run contract');
    process.exitCode = 1;
  }
} else {
  await writeFile(CONTRACT, formatted);
}
