import type { Database } from '../db/data-source.ts';
import { recordAudit } from '../db/audit.ts';
import { VIEW } from '../db/history.ts';
import { databaseNow } from '../db/now.ts';
import type { Principal } from './principal.ts';

/** A person, or the address of whoever came by a signed link. */
type Viewer = Principal | { address: string };

/** What was looked at, by a name of its own, and how the audit tells it. */
interface Look {
  of: string;
  action: string;
  details: Record<string, unknown>;
}

/** Records that somebody saw the personal data of a message's author, once a day. */
export const recordView = (db: Database, messageId: string, viewer: Viewer): Promise<void> =>
  recordLook(
    db,
    {
      of: messageId,
      action: 'просмотр сообщения с данными автора',
      details: { message: messageId },
    },
    viewer,
  );

/** Records who saw what citizens wrote, once a day. */
export async function recordLook(
  db: Database,
  { of, action, details }: Look,
  viewer: Viewer,
): Promise<void> {
  const at = await databaseNow(db.manager);
  const day = at.toISOString().slice(0, 10);
  const person = 'login' in viewer;
  const who = person ? viewer.login : `link:${viewer.address}`;
  await recordAudit(db.manager, {
    key: `${VIEW}${of}:${who}:${day}`,
    at,
    // Of the people who look, not of a message's way through the Procedure.
    messageId: null,
    subject: person ? viewer.name : 'по ссылке из задачи или письма',
    action,
    details: { ...details, ...(person ? { login: viewer.login } : { address: viewer.address }) },
  });
}
