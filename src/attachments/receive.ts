import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { IsNull } from 'typeorm';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AttachmentEntity, type AttachmentRow } from '../db/entities/attachment.ts';
import { rowBy } from '../db/row-by.ts';
import { InputError } from '../errors.ts';
import { log } from '../log.ts';
import { cleaned } from './clean/clean.ts';
import { endingOf, fileName, freeName } from './file-name.ts';
import type { Side } from './links.ts';
import type { Media } from './media.ts';
import { openPlace } from './place.ts';
import { HEAD_BYTES, recognize } from './recognize.ts';
import type { AttachmentStorage } from './storage.ts';

export interface AttachmentLimits {
  /** Bytes of one file. */
  bytes: number;
  /** Files of one draft, and of the curator's own of one answer. */
  count: number;
}

export interface AttachmentDeps {
  db: Database;
  storage: AttachmentStorage;
  limits: AttachmentLimits;
}

/** A file longer than is allowed: whatever else comes of it is not to be read. */
export class TooLarge extends InputError {}

/**
 * Takes one file in, a piece at a time: what it is shows in its first bytes, positions are cleaned out
 * of it, and nothing of it stays when it is refused or breaks off.
 * @throws InputError in Russian.
 */
export async function receive(
  deps: AttachmentDeps,
  { side, id: placeId }: { side: Side; id: string },
  given: { name: string; content: Readable },
): Promise<AttachmentRow> {
  const { db, storage, limits } = deps;
  const name = fileName(given.name);
  // What breaks off later breaks the reading; nobody listens afterwards.
  given.content.on('error', () => undefined);
  try {
    await db.transaction((tx) => roomFor(tx, side, placeId, limits));
    const { head, all } = await peek(limited(given.content, name, limits.bytes));
    const media = await recognize(name, head);
    const id = await db.transaction((tx) =>
      reserve(tx, side, placeId, limits, whole(name, media), media),
    );
    try {
      const kept = await keep(storage, id, cleaned(all, media.type));
      return await db.transaction((tx) => settle(tx, side, placeId, id, kept));
    } catch (error) {
      await forget(deps, id).catch((fault: unknown) =>
        log.warn({ attachment: id, err: fault }, 'an unfinished upload waits for the clean-up'),
      );
      throw error;
    }
  } finally {
    given.content.destroy();
  }
}

async function keep(
  storage: AttachmentStorage,
  id: string,
  content: AsyncIterable<Buffer>,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted() {
    for await (const piece of content) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  }
  await storage.put(id, Readable.from(counted(), { objectMode: false }));
  return { size, sha256: hash.digest('hex') };
}

/** From now on the file is there; the place may have been closed while it was on its way. */
async function settle(
  tx: Tx,
  side: Side,
  placeId: string,
  id: string,
  kept: { size: number; sha256: string },
): Promise<AttachmentRow> {
  const { message, subject } = await openPlace(tx, side, placeId);
  await changeRows(tx, AttachmentEntity, { id }, { stored: true, ...kept });
  const row = await rowBy(tx, AttachmentEntity, { id });
  await recordAudit(tx, {
    key: `attachment:${id}:added`,
    at: row.uploadedAt,
    messageId: message.id,
    subject,
    action: `добавлен файл «${row.name}»`,
    details: { attachmentId: id, ...kept },
  });
  return row;
}

/** Takes away what was received of a file that is not to be. */
export async function forget(
  { db, storage }: Pick<AttachmentDeps, 'db' | 'storage'>,
  id: string,
): Promise<void> {
  await storage.remove(id);
  await db.manager.delete(AttachmentEntity, { id, stored: false });
}

async function reserve(
  tx: Tx,
  side: Side,
  placeId: string,
  limits: AttachmentLimits,
  name: string,
  { type }: Media,
): Promise<string> {
  const { place, present } = await roomFor(tx, side, placeId, limits);
  const id = randomUUID();
  const names = present.map((it) => it.name);
  await tx.insert(AttachmentEntity, {
    id,
    messageId: place.message.id,
    assignmentId: place.assignmentId,
    name: freeName(name, names),
    mediaType: type,
    uploadedBy: place.uploadedBy,
    uploadedAt: new Date(),
  });
  return id;
}

async function roomFor(tx: Tx, side: Side, placeId: string, { count }: AttachmentLimits) {
  const place = await openPlace(tx, side, placeId);
  const present = await tx.findBy(AttachmentEntity, {
    messageId: place.message.id,
    assignmentId: place.assignmentId ?? IsNull(),
    removedAt: IsNull(),
  });
  if (present.length >= count) {
    throw new InputError(`Файлов уже ${present.length}, больше нельзя: уберите лишние.`);
  }
  return { place, present };
}

const whole = (name: string, { endings }: Media): string =>
  endingOf(name) === null ? `${name}.${endings[0]}` : name;

async function* limited(content: Readable, name: string, bytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of unbroken(content)) {
    size += piece.length;
    if (size > bytes) throw new TooLarge(tooLargeText(`Файл «${name}»`, bytes));
    yield piece;
  }
}

async function* unbroken(content: Readable): AsyncGenerator<Buffer> {
  try {
    yield* content as AsyncIterable<Buffer>;
  } catch {
    throw new InputError(BROKEN_OFF);
  }
}

export const BROKEN_OFF = 'Передача файла прервалась: попробуйте ещё раз.';

/** `what`: «Файл» or the file with its name. */
export const tooLargeText = (what: string, bytes: number): string =>
  `${what} больше ${megabytes(bytes)} МБ: уменьшите или сократите его.`;

/** Rounded down to tenths, with a comma. */
export const megabytes = (bytes: number): string =>
  String(Math.floor((bytes / 1024 / 1024) * 10) / 10).replace('.', ',');

/** The first bytes of a stream, and all of it, first bytes included. */
async function peek(
  content: AsyncGenerator<Buffer>,
): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  let head = Buffer.alloc(0);
  for (;;) {
    const next = head.length < HEAD_BYTES ? await content.next() : { done: true as const };
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all() {
    if (head.length > 0) yield head;
    yield* content;
  }
  return { head, all: all() };
}
