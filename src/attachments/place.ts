import { In, IsNull } from 'typeorm';
import type { Tx } from '../db/data-source.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { holdMessage } from '../db/hold-message.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { InputError } from '../errors.ts';
import type { Side } from './links.ts';
import { agencyOf } from '../registry/queries.ts';

/** Where files are added: one agency's draft, or the answer itself. */
export interface Place {
  side: Side;
  message: Message;
  /** Null on the curator's side. */
  assignmentId: string | null;
  /** As the history names whoever works here. */
  subject: string;
  uploadedBy: string;
  agencyName: string | null;
  /** `settled`: the answer is being published, its files can only be looked at. */
  state: 'open' | 'settled' | 'ended';
}

/** The place as it is now; null when there is none. `id` is of an assignment or a message. */
export async function placeOf(tx: Tx, side: Side, id: string): Promise<Place | null> {
  return side === 'executor' ? executorsPlace(tx, id) : curatorsPlace(tx, id);
}

/**
 * The place, held until the end of the transaction, so that nothing joins a draft or an answer in the
 * midst of its sending.
 * @throws InputError in Russian when its files can no longer be changed.
 */
export async function openPlace(tx: Tx, side: Side, id: string): Promise<Place> {
  const found = await placeOf(tx, side, id);
  if (found === null) throw new InputError(ENDED);
  await holdMessage(tx, found.message.id);
  const place = (await placeOf(tx, side, id)) ?? found;
  if (place.state === 'settled') throw new InputError(SETTLED);
  if (place.state === 'ended') throw new InputError(ENDED);
  return place;
}

export const ENDED = 'Эта работа уже закончена: добавить или убрать файлы нельзя.';
export const SETTLED = 'Ответ уже размещается: состав файлов больше не меняется.';

async function executorsPlace(tx: Tx, id: string): Promise<Place | null> {
  const assignment = await rowOrNull(tx, AssignmentEntity, { id });
  if (assignment === null) return null;
  const message = await rowBy(tx, MessageEntity, { id: assignment.messageId });
  const agency = await agencyOf(tx, assignment.agencyCode);
  const inRework = await tx.existsBy(DeadlineEntity, {
    assignmentId: id,
    kind: 'rework',
    stoppedAt: IsNull(),
  });
  const works = assignment.status === 'open' || (assignment.status === 'drafted' && inRework);
  return {
    side: 'executor',
    message,
    assignmentId: id,
    subject: assignment.agencyCode,
    uploadedBy: assignment.executor,
    agencyName: agency.name,
    state: works && message.finishedAt === null ? 'open' : 'ended',
  };
}

async function curatorsPlace(tx: Tx, id: string): Promise<Place | null> {
  const message = await rowOrNull(tx, MessageEntity, { id });
  if (message === null) return null;
  const publishing = await tx.existsBy(PublicationEntity, {
    messageId: id,
    status: In(['reserved', 'unknown', 'needs-person', 'gone']),
  });
  const works = message.status === 'review' && message.finishedAt === null;
  return {
    side: 'curator',
    message,
    assignmentId: null,
    subject: 'куратор',
    uploadedBy: 'куратор',
    agencyName: null,
    state: !works ? 'ended' : publishing ? 'settled' : 'open',
  };
}
