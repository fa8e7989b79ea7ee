import type { AttachmentDeps } from './receive.ts';
import { forget } from './receive.ts';
import { erase, UNUSED } from './remove.ts';

/** An upload older than this is not going on any more: the server gives a request half an hour. */
const UNFINISHED = '1 hour';

/** Takes away what crashes left: uploads without an end, and bytes of removed files. */
export async function cleanUp(deps: Pick<AttachmentDeps, 'db' | 'storage'>): Promise<void> {
  const unfinished = await deps.db.query<{ id: string }[]>(
    `select id from attachment
     where not stored and removed_at is null and uploaded_at < now() - $1::interval`,
    [UNFINISHED],
  );
  for (const { id } of unfinished) await forget(deps, id);
  const unused = await deps.db.query<{ id: string }[]>(`select id from attachment where ${UNUSED}`);
  for (const { id } of unused) await erase(deps, id);
}
