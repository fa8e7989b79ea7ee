/** Where Tasklist 8.6.0 keeps its tasks. */
const INDEXES = ['tasklist-list-view-8.6.0_', 'tasklist-task-8.5.0_'];
const SETTING = 'index.mapping.ignore_malformed';

/**
 * Lets Tasklist keep a time that its own indexes refuse: 8.6.0 writes one that falls on a whole second
 * without a fraction, and from then on tries the same task for ever and shows no new one. Such a time is
 * kept but not sorted by. The indexes are closed for a moment, once; their mappings stay as Tasklist
 * wants to find them at its next start. `opensearch`: base URL; Tasklist has created its indexes.
 */
export async function forgiveDates(opensearch: string): Promise<void> {
  // It names those indexes only that have the setting.
  const forgiving = await ask(opensearch, 'GET', `_settings/${SETTING}`);
  if (INDEXES.every((index) => index in forgiving)) return;
  await ask(opensearch, 'POST', '_close');
  try {
    await ask(opensearch, 'PUT', '_settings', { [SETTING]: true });
  } finally {
    await ask(opensearch, 'POST', '_open?wait_for_active_shards=1');
  }
}

async function ask(
  opensearch: string,
  method: string,
  what: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${opensearch}/${INDEXES.join()}/${what}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.ok) return (await response.json()) as Record<string, unknown>;
  throw new Error(
    `Tasklist's indexes cannot be made to take every date (HTTP ${response.status}): ${await response.text()}`,
  );
}
