import { setTimeout as sleep } from 'node:timers/promises';

const PROCESSES = 'operate-list-view-8.3.0_';
const TASKS = 'tasklist-task-8.5.0_';
const PAUSE_MS = 250;

/**
 * Waits until Operate shows this many processes as completed, and Tasklist this many tasks: then the engine
 * has exported everything, and both have read it.
 */
export async function untilShown(
  opensearch: string,
  completed: { processes: number; tasks: number },
): Promise<void> {
  const shown = async () =>
    (await count(opensearch, PROCESSES, { joinRelation: 'processInstance' })) >=
      completed.processes && (await count(opensearch, TASKS)) >= completed.tasks;
  while (!(await shown())) await sleep(PAUSE_MS);
}

async function count(
  opensearch: string,
  index: string,
  terms: Record<string, string> = {},
): Promise<number> {
  await fetch(`${opensearch}/${index}/_refresh`, { method: 'POST' });
  const filter = Object.entries({ ...terms, state: 'COMPLETED' }).map(([field, value]) => ({
    term: { [field]: value },
  }));
  const response = await fetch(`${opensearch}/${index}/_count`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: { bool: { filter } } }),
  });
  return ((await response.json()) as { count: number }).count;
}
