import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const INDEX = 'tasklist-form-8.4.0_';
const PATIENCE_MS = 60_000;

/**
 * Waits until Tasklist knows every form in `dir`: it binds a form to a task when it imports the
 * task, so a process started sooner would show raw variables. `opensearch` is its base URL.
 */
export async function untilFormsKnown(
  opensearch: string,
  dir: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const wanted = (await readdir(dir))
    .filter((name) => name.endsWith('.form'))
    .map((name) => name.replace('.form', ''));
  const until = Date.now() + patienceMs;
  for (;;) {
    const known = await knownForms(opensearch);
    const missing = wanted.filter((id) => !known.has(id));
    if (missing.length === 0) return;
    if (Date.now() > until) {
      throw new Error(`Tasklist does not know these forms: ${missing.join(', ')}`);
    }
    await sleep(500);
  }
}

async function knownForms(opensearch: string): Promise<Set<string>> {
  const address = `${opensearch}/${INDEX}/_search?size=1000&_source=bpmnId`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return new Set();
  const found = (await response.json()) as { hits: { hits: { _source: { bpmnId: string } }[] } };
  return new Set(found.hits.hits.map((hit) => hit._source.bpmnId));
}
