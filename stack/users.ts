import { randomBytes } from 'node:crypto';
import { compare, hash } from 'bcryptjs';

/** A login of Tasklist and Operate. */
export interface StackUser {
  id: string;
  /** As colleagues see it. */
  displayName: string;
  password: string;
  /**
   * USER only looks. OPERATOR takes and completes tasks in Tasklist (which refuses a USER), and may
   * change and cancel processes in Operate too: 8.6 has no narrower right. OPERATOR unless given.
   */
  role?: 'USER' | 'OPERATOR' | 'OWNER';
}

/** Operate's document of a user; Tasklist in the same JVM takes its logins from there too. */
export interface UserDocument {
  id: string;
  userId: string;
  displayName: string;
  password: string;
  roles: string[];
}

const index = 'operate-user-1.2.0_';
const bcryptPrefix = '{bcrypt}';
const rounds = 10;

/**
 * Creates these logins or brings them up to date; doing it again changes nothing.
 * `opensearch`: base URL. The web applications must have started once, for they create the index.
 */
export async function ensureUsers(opensearch: string, users: StackUser[]): Promise<void> {
  for (const user of users) {
    const existing = await readUser(opensearch, user.id);
    const wanted = await userDocument(user, existing);
    if (existing === null || !sameDocument(existing, wanted)) await writeUser(opensearch, wanted);
  }
}

/**
 * Camunda creates two users whose passwords everybody knows: they get ones that nobody knows.
 * `demo` is left to whoever starts the system.
 */
export async function closeDefaultUsers(opensearch: string): Promise<void> {
  for (const id of ['act', 'view']) {
    const existing = await readUser(opensearch, id);
    if (existing === null || !(await fits(id, existing))) continue;
    const password = bcryptPrefix + (await hash(randomBytes(18).toString('base64url'), rounds));
    await writeUser(opensearch, { ...existing, password });
  }
}

/** The document for a user; the hash in `existing` is kept while it fits the password. */
export async function userDocument(
  user: StackUser,
  existing: UserDocument | null,
): Promise<UserDocument> {
  const kept = existing !== null && (await fits(user.password, existing));
  return {
    id: user.id,
    userId: user.id,
    displayName: user.displayName,
    password: kept ? existing.password : bcryptPrefix + (await hash(user.password, rounds)),
    roles: [user.role ?? 'OPERATOR'],
  };
}

async function fits(password: string, { password: kept }: UserDocument): Promise<boolean> {
  return kept.startsWith(bcryptPrefix) && compare(password, kept.slice(bcryptPrefix.length));
}

const sameDocument = (a: UserDocument, b: UserDocument) =>
  a.displayName === b.displayName && a.password === b.password && a.roles.join() === b.roles.join();

const documentUrl = (opensearch: string, id: string) =>
  `${opensearch}/${index}/_doc/${encodeURIComponent(id)}`;

async function readUser(opensearch: string, id: string): Promise<UserDocument | null> {
  const response = await fetch(documentUrl(opensearch, id));
  if (response.ok) return ((await response.json()) as { _source: UserDocument })._source;
  const answer = await response.text();
  // Without the index, writing would create one of the wrong shape.
  if (response.status === 404 && !answer.includes('index_not_found')) return null;
  throw new Error(`Tasklist's users cannot be read (HTTP ${response.status}): ${answer}`);
}

async function writeUser(opensearch: string, document: UserDocument): Promise<void> {
  const response = await fetch(`${documentUrl(opensearch, document.id)}?refresh=true`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  });
  if (response.ok) return;
  throw new Error(
    `Tasklist's user ${document.id} cannot be written (HTTP ${response.status}): ${await response.text()}`,
  );
}
