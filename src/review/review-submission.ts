import { z } from 'zod';
import { InputError } from '../errors.ts';
import { optionalText } from '../procedure/submission.ts';

const CHOOSE = 'Органы для доработки указаны неверно: выберите их из списка.';

/** What the form of the review sends. */
export const reviewSubmission = z.object({
  decision: z.enum(['publish', 'thread', 'edit', 'rework', 'close'], {
    error:
      'Выберите решение: опубликовать, опубликовать цепочкой, исправить, на доработку или закрыть без ответа.',
  }),
  reworkAssignments: z
    .array(z.string({ error: CHOOSE }), { error: CHOOSE })
    .nullish()
    .transform((chosen) => [...new Set(chosen ?? [])]),
  remarks: optionalText(4_000, 'Замечания'),
  /** A fault of substance that the curator notes (clause 12). */
  fault: optionalText(4_000, 'Недостаток'),
});

export interface Review {
  decision: 'publish' | 'thread' | 'edit' | 'rework' | 'close';
  /** Empty unless the decision is rework. */
  reworkAssignments: string[];
  remarks: string | null;
  fault: string | null;
  /** Assignments that the fault is attributed to. */
  faulty: string[];
}

/**
 * Holds a review against the rules of clauses 8 to 12. `drafted`: the assignments whose parts make up
 * the answer.
 * @throws InputError in Russian.
 */
export function checkReview(
  given: z.output<typeof reviewSubmission>,
  drafted: readonly string[],
  formatOk: boolean,
): Review {
  const { decision, remarks, fault, reworkAssignments: chosen } = given;
  if (decision === 'publish' && !formatOk) {
    throw new InputError('Публиковать нельзя: формат сети не соблюдён. Исправьте ответ.');
  }
  if (decision === 'close' && remarks === null) {
    throw new InputError('Укажите в замечаниях, почему сообщение закрывается без ответа.');
  }
  if (decision === 'rework' && remarks === null) {
    throw new InputError('Укажите замечания: что исполнителю нужно доработать.');
  }
  if (decision === 'rework' && chosen.length === 0) {
    throw new InputError('Выберите, какие органы дорабатывают проект ответа.');
  }
  if (chosen.some((id) => !drafted.includes(id))) {
    throw new InputError('Выбран орган, чьего проекта в этом ответе нет: выберите из списка.');
  }
  const faulty = chosen.length === 0 && drafted.length === 1 ? [...drafted] : chosen;
  if (fault !== null && faulty.length === 0) {
    throw new InputError('Выберите органы, к чьим проектам относится недостаток.');
  }
  return {
    decision,
    reworkAssignments: decision === 'rework' ? chosen : [],
    remarks,
    fault,
    faulty: fault === null ? [] : faulty,
  };
}
