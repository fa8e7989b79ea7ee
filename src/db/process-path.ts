import { plannedOnce } from './client.ts';
import type { Tx } from './data-source.ts';

/** An element that a process passed. */
export interface Passed {
  processInstanceKey: string;
  elementId: string;
}

const ADD = plannedOnce(`
insert into process_path as p (process_instance_key, elements)
select key, array(select jsonb_array_elements_text(elements))
from rows from (unnest($1::text[]), unnest($2::jsonb[])) as given (key, elements)
on conflict (process_instance_key) do update set elements = p.elements ||
  array(select it from unnest(excluded.elements) with ordinality as added (it, place)
        where not p.elements @> array[it] order by place)
where not p.elements @> excluded.elements`);

/** Adds elements to those that their processes have passed; one that is there already stays where it is. */
export async function recordPassed(tx: Tx, passed: readonly Passed[]): Promise<void> {
  const paths = new Map<string, string[]>();
  for (const { processInstanceKey, elementId } of passed) {
    const path = paths.get(processInstanceKey) ?? [];
    if (!path.includes(elementId)) path.push(elementId);
    paths.set(processInstanceKey, path);
  }
  // In one order, so that two at once never wait for each other.
  const rows = [...paths].sort(([one], [other]) => (one < other ? -1 : 1));
  await tx.query(ADD, [
    rows.map(([key]) => key),
    rows.map(([, elements]) => JSON.stringify(elements)),
  ]);
}

/** The elements whose jobs a process has done, in the order in which it first passed them. */
export async function passedBy(tx: Tx, processInstanceKey: string | null): Promise<string[]> {
  const [row] = await tx.query<{ elements: string[] }[]>(
    'select elements from process_path where process_instance_key = $1',
    [processInstanceKey],
  );
  return row?.elements ?? [];
}
