import type { Tx } from '../../db/data-source.ts';
import { MessageEntity } from '../../db/entities/message.ts';
import { counted } from '../../procedure/counted.ts';
import { allTemplates } from '../../templates/template.ts';

/** Why a record cannot be removed, in Russian; null: nothing refers to it. */
export type Uses = (tx: Tx, code: string) => Promise<string | null>;

/** A topic is named by messages, in figures of closed months too, and by templates. */
export const usesOfTopic: Uses = async (tx, topic) => {
  const templates = (await allTemplates(tx)).filter((it) => it.topic === topic).length;
  return refusal([
    messages(await tx.countBy(MessageEntity, { topic })),
    templates > 0 && counted(templates, ['шаблоне', 'шаблонах', 'шаблонах']),
  ]);
};

export const usesOfMunicipality: Uses = async (tx, municipality) =>
  refusal([messages(await tx.countBy(MessageEntity, { municipality }))]);

const messages = (count: number): string | false =>
  count > 0 && counted(count, ['сообщении', 'сообщениях', 'сообщениях']);

function refusal(uses: readonly (string | false)[]): string | null {
  const found = uses.filter((it) => it !== false);
  return found.length === 0
    ? null
    : `Исключить нельзя: запись указана в ${found.join(' и в ')}. Её можно переименовать.`;
}
