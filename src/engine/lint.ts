import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { strayJobTypes } from './lint/job-types.ts';
import { readDiagram } from './lint/model.ts';
import { brokenRules } from './lint/rules.ts';
import { fixedTimers } from './lint/timers.ts';

/**
 * Checks the diagram in `dir` before it is deployed: BPMN rules, both engine generations, job types,
 * timers.
 * @throws InputError in Russian with every fault.
 */
export async function assertDeployable(dir: string): Promise<void> {
  const file = join(dir, 'procedure.bpmn');
  const xml = await readFile(file, 'utf8').catch(() => {
    throw new InputError(`${file}: файл не найден`);
  });
  const { root, elements, warnings } = await readDiagram(xml).catch((error: Error) => {
    throw new InputError(`${file}: это не схема BPMN: ${error.message}`);
  });
  const faults = [
    ...warnings.map((warning) => `не читается: ${warning}`),
    ...(await brokenRules(root)),
    ...strayJobTypes(elements),
    ...fixedTimers(elements),
  ];
  if (faults.length > 0) throw new InputError(faults.map((it) => `${file}: ${it}`).join('\n'));
}
