import { NetworkError, type ErrorRow } from '../network-error.ts';

/** OK's error numbers (apiok.ru, «Ошибки»); those not named here need a person to look. */
const rows: Record<number, ErrorRow> = {
  1: { kind: 'transient', reason: 'неизвестная ошибка на стороне сети' },
  2: { kind: 'transient', reason: 'сеть временно недоступна' },
  3: { kind: 'permission', reason: 'сеть не знает такого действия' },
  7: { kind: 'human', reason: 'сеть временно запретила это действие учётной записи' },
  8: { kind: 'rate', reason: 'слишком много действий подряд' },
  9: { kind: 'human', reason: 'сеть не принимает обращений с нашего адреса' },
  10: { kind: 'permission', reason: 'у ключа доступа нет права на это действие' },
  11: { kind: 'rate', reason: 'исчерпан лимит обращений' },
  30: { kind: 'transient', reason: 'сеть не смогла прочитать обращение' },
  31: { kind: 'transient', reason: 'сеть не дождалась обращения' },
  50: { kind: 'permission', reason: 'учётная запись не управляет этой группой' },
  101: { kind: 'credentials', reason: 'сеть не приняла ключ приложения' },
  102: { kind: 'credentials', reason: 'срок действия ключа доступа истёк' },
  103: { kind: 'credentials', reason: 'сеть не приняла ключ доступа' },
  104: { kind: 'credentials', reason: 'сеть не приняла подпись: проверьте секретный ключ' },
  106: { kind: 'missing', reason: 'сеть не нашла запись' },
  141: { kind: 'missing', reason: 'сеть не нашла комментарий' },
  200: { kind: 'permission', reason: 'приложению не разрешено это действие' },
  210: { kind: 'credentials', reason: 'приложение отключено' },
  300: { kind: 'missing', reason: 'сеть не нашла запись' },
  401: { kind: 'credentials', reason: 'сеть не приняла вход' },
  402: { kind: 'human', reason: 'сеть просит ввести код с картинки' },
  403: { kind: 'human', reason: 'сеть просит подтвердить, что действует человек' },
  453: { kind: 'credentials', reason: 'сеть не приняла ключ доступа' },
  454: { kind: 'content', reason: 'сеть не пропустила текст' },
  455: { kind: 'permission', reason: 'автор ограничил доступ' },
  456: { kind: 'permission', reason: 'группа ограничила комментарии' },
  457: { kind: 'permission', reason: 'доступ закрыт' },
  458: { kind: 'permission', reason: 'автор ограничил доступ' },
  500: { kind: 'content', reason: 'изображение слишком большое' },
  501: { kind: 'content', reason: 'изображение слишком маленькое' },
  502: { kind: 'content', reason: 'изображение слишком большое' },
  503: { kind: 'content', reason: 'сеть не принимает такой формат изображения' },
  504: { kind: 'content', reason: 'изображение повреждено' },
  505: { kind: 'content', reason: 'в файле нет изображения' },
  511: { kind: 'content', reason: 'сеть сочла текст рекламой или рассылкой' },
  514: { kind: 'human', reason: 'сеть просит подтвердить учётную запись' },
  600: { kind: 'content', reason: 'вложений больше, чем разрешает сеть' },
  601: { kind: 'content', reason: 'текст длиннее, чем разрешает сеть' },
  700: { kind: 'missing', reason: 'сеть не нашла комментарий' },
  702: { kind: 'missing', reason: 'комментарий удалён' },
  9999: { kind: 'transient', reason: 'ошибка на стороне сети' },
};

/** The `error_code` envelope, which OK answers with HTTP 200. */
export class OkError extends NetworkError {
  override readonly name = 'OkError';
  /** `afterMs`: how long to wait after this code; OK says nothing of it. */
  constructor(method: string, code: number, text: string, afterMs?: number) {
    const row = rows[code];
    super(
      `OK ${method}: error ${code}: ${text}`,
      code,
      text,
      row && afterMs !== undefined ? { ...row, afterMs } : row,
    );
  }
}

/** The numbers the table knows. */
export const knownErrors = Object.entries(rows).map(([code, row]) => ({
  code: Number(code),
  ...row,
}));
