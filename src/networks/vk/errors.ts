import { NetworkError, type ErrorRow } from '../network-error.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** VK's error numbers; those not named here need a person to look. */
const rows: Record<number, ErrorRow> = {
  1: { kind: 'transient', reason: 'неизвестная ошибка на стороне сети' },
  5: { kind: 'credentials', reason: 'сеть не приняла ключ доступа' },
  6: { kind: 'rate', reason: 'слишком много обращений в секунду', afterMs: SECOND },
  7: { kind: 'permission', reason: 'у ключа доступа нет права на это действие' },
  9: { kind: 'rate', reason: 'слишком много одинаковых действий подряд', afterMs: MINUTE },
  10: { kind: 'transient', reason: 'внутренняя ошибка сети' },
  14: { kind: 'human', reason: 'сеть просит ввести код с картинки' },
  15: { kind: 'permission', reason: 'доступ закрыт' },
  17: { kind: 'human', reason: 'сеть просит подтвердить вход' },
  27: { kind: 'credentials', reason: 'ключ сообщества не подходит для этого действия' },
  28: { kind: 'credentials', reason: 'сеть не приняла ключ приложения' },
  29: { kind: 'rate', reason: 'исчерпан лимит обращений', afterMs: 60 * MINUTE },
  36: { kind: 'transient', reason: 'сеть не успела выполнить действие' },
  100: { kind: 'content', reason: 'сеть не приняла содержание ответа' },
  203: { kind: 'permission', reason: 'нет доступа к сообществу' },
  212: { kind: 'permission', reason: 'комментарии к записи закрыты' },
  213: { kind: 'permission', reason: 'комментировать запись запрещено' },
  222: { kind: 'content', reason: 'ссылки в этом обсуждении запрещены' },
  223: { kind: 'rate', reason: 'слишком много ответов подряд', afterMs: MINUTE },
  1117: { kind: 'credentials', reason: 'срок действия ключа доступа истёк' },
  3300: { kind: 'human', reason: 'сеть просит подтвердить, что отвечает человек' },
};

/** The `error` envelope that VK answers with HTTP 200. */
export class VkError extends NetworkError {
  override readonly name = 'VkError';
  constructor(method: string, code: number, text: string) {
    super(`VK ${method}: error ${code}: ${text}`, code, text, rows[code]);
  }
}

/** The numbers the table knows. */
export const knownErrors = Object.entries(rows).map(([code, row]) => ({
  code: Number(code),
  ...row,
}));
