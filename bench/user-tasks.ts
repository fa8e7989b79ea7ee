import { setTimeout as sleep } from 'node:timers/promises';
import type { StackUrls } from '../stack/stack.ts';

/** What each form sends. */
export type Submissions = Record<string, Record<string, unknown>>;

const AT_ONCE = 1_000;
const PAUSE_MS = 20;

interface Found {
  hits?: { hits: { _source: TaskRecord }[] };
}

interface TaskRecord {
  position: number;
  key: number;
  value: { elementId: string };
}

/**
 * Completes every user task as soon as the engine's exporter shows it, until `signal` stops it. Shards are
 * refreshed one by one, so each look goes back to where the one before the last had ended.
 */
export async function completeUserTasks(
  urls: Pick<StackUrls, 'opensearch' | 'brokerRest'>,
  submissions: Submissions,
  signal: AbortSignal,
): Promise<void> {
  const seen = new Set<number>();
  let [before, last] = [-1, -1];
  while (!signal.aborted) {
    const tasks = await createdAfter(urls.opensearch, before);
    const fresh = tasks.filter(({ key }) => !seen.has(key));
    for (const { key } of fresh) seen.add(key);
    [before, last] = [last, Math.max(last, tasks.at(-1)?.position ?? -1)];
    await Promise.all(
      fresh.map(({ key, value }) => complete(urls.brokerRest, key, submissions[value.elementId])),
    );
    if (fresh.length === 0) await sleep(PAUSE_MS);
  }
}

async function createdAfter(opensearch: string, position: number): Promise<TaskRecord[]> {
  await fetch(`${opensearch}/zeebe-record_user-task_*/_refresh`, { method: 'POST' });
  const response = await fetch(
    `${opensearch}/zeebe-record_user-task_*/_search?ignore_unavailable=true`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: AT_ONCE,
        sort: [{ position: { order: 'asc', unmapped_type: 'long' } }],
        query: {
          bool: {
            filter: [{ range: { position: { gt: position } } }, { term: { intent: 'CREATED' } }],
          },
        },
        _source: ['position', 'key', 'value.elementId'],
      }),
    },
  );
  const { hits } = (await response.json()) as Found;
  return hits?.hits.map(({ _source }) => _source) ?? [];
}

/** A broker that has its hands full answers 429 and is asked again. */
async function complete(
  brokerRest: string,
  key: number,
  variables: Record<string, unknown> | undefined,
): Promise<void> {
  for (;;) {
    const response = await fetch(`${brokerRest}/v2/user-tasks/${key}/completion`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables: variables ?? {} }),
    });
    if (response.ok) return;
    if (response.status !== 429) throw new Error(`user task ${key}: ${await response.text()}`);
    await sleep(PAUSE_MS);
  }
}
