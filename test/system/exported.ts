import { eventually } from './wait.ts';

/** A record of the engine, as its exporter writes it to OpenSearch. */
export interface EngineRecord {
  position: number;
  key: number;
  valueType: string;
  intent: string;
  value: Value;
}

/** The fields that tests look at; which of them are there depends on the type. */
export interface Value {
  processInstanceKey: number;
  bpmnProcessId: string;
  elementId: string;
  elementInstanceKey: number;
  flowScopeKey: number;
  bpmnElementType: string;
  assignee: string;
  type: string;
  scopeKey: number;
  name: string;
  value: string;
  dueDate: number;
  retries: number;
  recurringTime: number;
  targetElementId: string;
  errorMessage: string;
}

const TYPES = ['user-task', 'process-instance', 'variable', 'incident', 'job', 'timer'];
const AT_ONCE = 5_000;

/**
 * Reads the records one after another. What is visible comes in no strict order, since each index is
 * refreshed by itself; what an earlier look made visible is complete at the next one, so each look
 * goes back to where the one before the last had ended.
 */
export function exportedRecords(opensearch: string): () => Promise<EngineRecord[]> {
  const indices = TYPES.map((type) => `zeebe-record_${type}_*`).join(',');
  const seen = new Set<number>();
  let [before, last] = [-1, -1];
  return async () => {
    const found = await eventually('OpenSearch to answer in full', async () => {
      await post(`${opensearch}/${indices}/_refresh?ignore_unavailable=true`, {});
      return searched(
        await post(`${opensearch}/${indices}/_search?ignore_unavailable=true`, {
          size: AT_ONCE,
          sort: [{ position: { order: 'asc', unmapped_type: 'long' } }],
          query: { range: { position: { gt: before } } },
          _source: ['position', 'key', 'valueType', 'intent', 'value'],
        }),
      );
    });
    const fresh = found.filter(({ position }) => !seen.has(position));
    for (const { position } of fresh) seen.add(position);
    [before, last] = [last, Math.max(last, found.at(-1)?.position ?? -1)];
    return fresh;
  };
}

interface Answer {
  _shards?: { failed: number };
  hits?: { hits: { _source: EngineRecord }[] };
}

/** Null while a new index is not ready: it would be missing from the answer. */
const searched = ({ _shards, hits }: Answer): EngineRecord[] | null =>
  hits && _shards?.failed === 0 ? hits.hits.map(({ _source }) => _source) : null;

async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}
