import type { Tx } from './data-source.ts';

/** Adds an element to those that a process has passed; one that is there already stays where it is. */
export async function recordPassed(
  tx: Tx,
  processInstanceKey: string,
  elementId: string,
): Promise<void> {
  await tx.query(
    `insert into process_path as p (process_instance_key, elements) values ($1, array[$2])
     on conflict (process_instance_key) do update set elements = p.elements || excluded.elements
     where not p.elements @> excluded.elements`,
    [processInstanceKey, elementId],
  );
}

/** The elements whose jobs a process has done, in the order in which it first passed them. */
export async function passedBy(tx: Tx, processInstanceKey: string | null): Promise<string[]> {
  const [row] = await tx.query<{ elements: string[] }[]>(
    'select elements from process_path where process_instance_key = $1',
    [processInstanceKey],
  );
  return row?.elements ?? [];
}
