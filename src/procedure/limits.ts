/** The clocks of the Procedure. */
export type LimitKind = 'return' | 'draft' | 'review' | 'rework' | 'remedy';

interface Limit {
  /** What was not kept: «нарушен срок …». */
  name: string;
  /** The act that stops the clock, in the past tense, done and not done. */
  done: string;
  notDone: string;
}

/** Each kind of clock as a notice names it. */
export const LIMITS: Record<LimitKind, Limit> = {
  return: {
    name: 'срок возврата сообщения не по компетенции (п. 5 Порядка)',
    done: 'сообщение возвращено',
    notDone: 'возврат не поступил',
  },
  draft: {
    name: 'срок подготовки ответа (п. 6 Порядка)',
    done: 'ответ поступил',
    notDone: 'ответ не поступил',
  },
  review: {
    name: 'срок рассмотрения ответа куратором (п. 8 Порядка)',
    done: 'ответ рассмотрен',
    notDone: 'ответ не размещён и не направлен на доработку',
  },
  rework: {
    name: 'срок доработки ответа (п. 9 Порядка)',
    done: 'доработанный ответ поступил',
    notDone: 'доработанный ответ не поступил',
  },
  remedy: {
    name: 'срок устранения недостатка (п. 13 Порядка)',
    done: 'недостаток устранён',
    notDone: 'недостаток не устранён',
  },
};
