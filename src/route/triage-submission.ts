import { z } from 'zod';
import { InputError } from '../errors.ts';
import { optionalCode, optionalText } from '../procedure/submission.ts';

/** What the form of triage sends. */
export const triageSubmission = z.object({
  decision: z.enum(['take', 'not-relevant', 'duplicate', 'close'], {
    error:
      'Выберите решение: взять в работу, не относится к компетенции, повтор или ответ не требуется.',
  }),
  agencies: z
    .array(z.string(), { error: 'Органы власти указаны неверно: выберите их из списка.' })
    .nullish()
    .transform((codes) => codes ?? []),
  topic: optionalCode('Тема указана неверно: выберите её из списка.'),
  kind: z
    .enum(['statement', 'request', 'complaint', 'proposal', 'question'], {
      error: 'Вид сообщения указан неверно: выберите его из списка.',
    })
    .nullish()
    .transform((kind) => kind ?? null),
  municipality: optionalCode('Муниципальное образование указано неверно: выберите его из списка.'),
  urgent: z
    .boolean({ error: 'Отметка «Остро значимое» указана неверно.' })
    .nullish()
    .transform((urgent) => urgent ?? false),
  urgentGrounds: optionalText(2_000, 'Основание срочного доклада'),
  note: optionalText(2_000, 'Указания исполнителям'),
  reason: optionalText(2_000, 'Причина'),
  /** One of the likely repeats shown. */
  repeatOf: optionalCode('Основное сообщение указано неверно: выберите его из списка.'),
  /** An address; counts before `repeatOf`. */
  duplicateOf: optionalText(500, 'Основное сообщение'),
  /** The original's answer goes under this message too. */
  answerHere: z
    .boolean({
      error: 'Отметка «Разместить ответ основного сообщения и под этим» указана неверно.',
    })
    .nullish()
    .transform((answerHere) => answerHere ?? true),
});

export type Triage = z.output<typeof triageSubmission>;

interface Known {
  agencies: readonly string[];
  topics: readonly string[];
  municipalities: readonly string[];
  /** The message replies to an answer of ours. */
  followUp: boolean;
}

/**
 * Holds a triage against what the registry knows (clause 2).
 * @throws InputError in Russian that lists every fault.
 */
export function checkTriage(given: Triage, known: Known): void {
  const faults = RULES.filter(
    ({ decision, broken }) => decision === given.decision && broken(given, known),
  );
  if (faults.length > 0) throw new InputError(faults.map(({ message }) => message).join(' '));
}

const RULES: {
  decision: Triage['decision'];
  broken: (given: Triage, known: Known) => boolean;
  message: string;
}[] = [
  {
    decision: 'not-relevant',
    broken: ({ reason }) => reason === null,
    message: 'Укажите, почему сообщение не относится к компетенции органов власти.',
  },
  {
    decision: 'close',
    broken: ({ reason }) => reason === null,
    message: 'Укажите, почему ответ не требуется.',
  },
  {
    decision: 'close',
    broken: (_given, { followUp }) => !followUp,
    message: 'Закрыть без ответа при рассмотрении можно только ответ на наш ответ.',
  },
  {
    decision: 'duplicate',
    broken: ({ duplicateOf, repeatOf }) => duplicateOf === null && repeatOf === null,
    message: 'Укажите основное сообщение, которое это сообщение повторяет.',
  },
  {
    decision: 'take',
    broken: ({ agencies }) => agencies.length === 0,
    message: 'Выберите хотя бы один орган власти.',
  },
  {
    decision: 'take',
    broken: ({ agencies }) => new Set(agencies).size < agencies.length,
    message: 'Один и тот же орган власти выбран дважды.',
  },
  {
    decision: 'take',
    broken: ({ agencies }, known) => agencies.some((code) => !known.agencies.includes(code)),
    message:
      'Выбран орган власти, которого нет в реестре или которому больше не поручают: выберите из списка.',
  },
  {
    decision: 'take',
    broken: ({ topic }, known) => topic === null || !known.topics.includes(topic),
    message: 'Выберите тему из списка.',
  },
  {
    decision: 'take',
    broken: ({ kind }) => kind === null,
    message: 'Выберите вид сообщения.',
  },
  {
    decision: 'take',
    broken: ({ municipality }, known) =>
      municipality !== null && !known.municipalities.includes(municipality),
    message: 'Выберите муниципальное образование из списка.',
  },
];
