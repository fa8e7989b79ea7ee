import type { Tx } from '../db/data-source.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { InputError } from '../errors.ts';
import { locate, recognise } from '../networks/recognise.ts';
import type { Networks } from '../networks/registry.ts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** What identifies a message: as much of it as a reference tells. */
export type Named = { id: string } | { network: string; externalId: string } | { url: string };

const NETWORK_WITHIN_MS = 10_000;

/**
 * What `reference` names: a message's id, the link to its page, or its address in the network, however
 * that is written. May ask the network, so never within a transaction.
 */
export async function named(networks: Networks, reference: string): Promise<Named> {
  const id = ID.exec(reference)?.[0];
  if (id !== undefined) return { id: id.toLowerCase() };
  const address = recognise(networks, reference);
  if (address === null) return { url: reference };
  const stop = AbortSignal.timeout(NETWORK_WITHIN_MS);
  const object = await locate(networks, address, reference, stop);
  // Where the network does not tell, the address may still be the one that was kept.
  if (typeof object === 'string') return { url: address.url };
  return { network: object.network, externalId: object.externalId };
}

/**
 * The message that is `named` as the original of a repeat.
 * @throws InputError when there is none, it is the message itself or a repeat too.
 */
export async function findOriginal(tx: Tx, messageId: string, what: Named): Promise<Message> {
  // Held, so that it does not end unseen, nor becomes a repeat of this one.
  const original = await tx.findOne(MessageEntity, {
    where: what,
    lock: { mode: 'pessimistic_write' },
  });
  if (original === null) {
    throw new InputError(
      'Основное сообщение не найдено: нужна ссылка на него в сети или на его страницу в «Отклике».',
    );
  }
  if (original.id === messageId) {
    throw new InputError('Сообщение не может повторять само себя: укажите другое.');
  }
  if (original.status === 'duplicate') {
    throw new InputError('Это сообщение само отмечено как повтор: укажите основное.');
  }
  return original;
}
