import type { Database, Tx } from '../db/data-source.ts';
import type { FoundPost, Network, NowThere } from '../networks/port.ts';
import { storable } from './text.ts';

/**
 * Told of every change inside the transaction that records it, so a change is never recorded without
 * the notice; the notice may come twice when the transaction fails after it.
 */
export type OnChange = (
  messageId: string,
  change: 'edited' | 'deleted',
  tx: Tx,
) => Promise<void> | void;

/** Of the statuses, that of a repeat which waits for its original's answer among them. */
const IN_WORK = ['detected', 'triage', 'assigned', 'review', 'duplicate'];
/** Looked up together: posts share one call, a comment takes one of its own. */
const AT_ONCE = 50;

/**
 * Asks the network what became of the messages whose process runs and records edits and deletions. Returns how
 * many had changed. Throws what `Network.lookUp` throws.
 */
export async function checkChanges(
  db: Database,
  network: Pick<Network, 'code' | 'lookUp'>,
  onChange: OnChange,
): Promise<number> {
  let changed = 0;
  for await (const count of checkInBatches(db, network, onChange)) changed += count;
  return changed;
}

/** `checkChanges` step by step: yields after each batch how many of it had changed. */
export async function* checkInBatches(
  db: Database,
  network: Pick<Network, 'code' | 'lookUp'>,
  onChange: OnChange,
  signal?: AbortSignal,
): AsyncGenerator<number> {
  const inWork = await db.query<{ externalId: string }[]>(
    `select external_id as "externalId" from message
     where network = $1 and status = any($2) and finished_at is null and deleted_at is null
       and process_instance_key is not null
     order by detected_at`,
    [network.code, IN_WORK],
  );
  for (let at = 0; at < inWork.length; at += AT_ONCE) {
    const ids = inWork.slice(at, at + AT_ONCE).map(({ externalId }) => externalId);
    yield await recordChanges(db, network.code, await network.lookUp(ids, signal), onChange);
  }
}

/**
 * Looks again at messages in work whose text differs from the one just `found`. What a search shows may
 * be older than what is stored, so only the object itself counts.
 */
export async function noticeEdits(
  db: Database,
  network: Pick<Network, 'code' | 'lookUp'>,
  found: readonly Pick<FoundPost, 'externalId' | 'text'>[],
  onChange: OnChange,
  signal?: AbortSignal,
): Promise<void> {
  const texts = new Map(
    found.map(({ externalId, text }) => [externalId, { deleted: false as const, text }]),
  );
  const suspects = (await differing(db, network.code, texts)).map(({ externalId }) => externalId);
  if (suspects.length === 0) return;
  await recordChanges(db, network.code, await network.lookUp(suspects, signal), onChange);
}

/** Looks again at those of the objects that are in work, whatever was said of them. */
export async function lookAgain(
  db: Database,
  network: Pick<Network, 'code' | 'lookUp'>,
  externalIds: readonly string[],
  onChange: OnChange,
  signal?: AbortSignal,
): Promise<void> {
  const inWork = await db.query<{ externalId: string }[]>(
    `select external_id as "externalId" from message
     where network = $1 and status = any($2) and finished_at is null and deleted_at is null and external_id = any($3)`,
    [network.code, IN_WORK, externalIds],
  );
  if (inWork.length === 0) return;
  const ids = inWork.map(({ externalId }) => externalId);
  await recordChanges(db, network.code, await network.lookUp(ids, signal), onChange);
}

async function recordChanges(
  db: Database,
  network: string,
  now: ReadonlyMap<string, NowThere>,
  onChange: OnChange,
): Promise<number> {
  const different = await differing(db, network, now);
  for (const { id, externalId } of different) {
    const there = now.get(externalId);
    if (there) await db.transaction((tx) => record(tx, id, there, onChange));
  }
  return different.length;
}

/** Messages in work that are stored otherwise than the network has them `now`. */
function differing(
  db: Database,
  network: string,
  now: ReadonlyMap<string, NowThere>,
): Promise<{ id: string; externalId: string }[]> {
  const rows = [...now].map(([external_id, there]) => ({
    external_id,
    text: there.deleted ? null : storable(there.text),
  }));
  return db.query(
    `select m.id, m.external_id as "externalId" from message m
     join json_to_recordset($3) as f (external_id text, text text) using (external_id)
     where m.network = $1 and m.status = any($2) and m.finished_at is null
       and m.deleted_at is null
       and m.text is distinct from f.text`,
    [network, IN_WORK, JSON.stringify(rows)],
  );
}

async function record(tx: Tx, id: string, there: NowThere, onChange: OnChange): Promise<void> {
  const statement = there.deleted
    ? `update message set deleted_at = now() where id = $1 and deleted_at is null`
    : `update message set text = $2, edited_at = now() where id = $1 and text <> $2`;
  const parameters = there.deleted ? [id] : [id, storable(there.text)];
  const [, rows] = await tx.query<[unknown[], number]>(statement, parameters);
  if (rows > 0) await onChange(id, there.deleted ? 'deleted' : 'edited', tx);
}
