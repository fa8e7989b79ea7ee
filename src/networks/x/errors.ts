/** What an error of X means for us, and what staff are told. */
export type XErrorKind =
  'rate' | 'credentials' | 'permission' | 'human' | 'duplicate' | 'content' | 'transient' | 'other';

interface Row {
  status: number;
  /** What the problem's text says; the first row that fits counts. */
  says?: RegExp;
  kind: XErrorKind;
  reason: string;
}

/** X's answers by HTTP status; several of 403 differ only in their text. */
export const knownErrors: readonly Row[] = [
  { status: 400, kind: 'content', reason: 'сеть не приняла содержание ответа' },
  { status: 401, kind: 'credentials', reason: 'сеть не приняла ключи доступа' },
  { status: 402, kind: 'credentials', reason: 'на счёте разработчика закончились обращения' },
  {
    status: 403,
    says: /duplicate content/i,
    kind: 'duplicate',
    reason: 'такой же текст от нашего аккаунта уже публиковался',
  },
  {
    status: 403,
    says: /not been mentioned|where you are mentioned/i,
    kind: 'permission',
    reason: 'отвечать можно только тем, кто упомянул наш аккаунт в своей записи',
  },
  {
    status: 403,
    says: /too long/i,
    kind: 'content',
    reason: 'текст слишком длинный',
  },
  {
    status: 403,
    says: /restricted who can reply/i,
    kind: 'permission',
    reason: 'автор ограничил круг тех, кто может отвечать',
  },
  {
    status: 403,
    says: /deleted or not visible/i,
    kind: 'permission',
    reason: 'запись удалена или скрыта от нашего аккаунта',
  },
  {
    status: 403,
    says: /automated|temporarily locked|suspended/i,
    kind: 'human',
    reason: 'сеть ограничила наш аккаунт: войдите в него и подтвердите, что отвечает человек',
  },
  { status: 403, kind: 'permission', reason: 'сеть не разрешила это действие' },
  { status: 413, kind: 'content', reason: 'файл слишком большой' },
  { status: 429, kind: 'rate', reason: 'исчерпан лимит обращений' },
];

/** An answer of X that is not a success. */
export class XError extends Error {
  override readonly name = 'XError';
  readonly kind: XErrorKind;
  /** Russian, for staff. */
  readonly reason: string;

  constructor(
    /** `POST /2/tweets`. */
    endpoint: string,
    readonly status: number,
    /** The problem in X's words. */
    readonly text: string,
    /** For `rate`: milliseconds until a new try makes sense; null: X did not say. */
    readonly afterMs: number | null = null,
  ) {
    super(`X ${endpoint}: HTTP ${status}: ${text}`);
    const row = knownErrors.find(
      (each) => each.status === status && (each.says?.test(text) ?? true),
    );
    const server = status >= 500;
    this.kind = row?.kind ?? (server ? 'transient' : 'other');
    this.reason = row?.reason ?? (server ? 'ошибка на стороне сети' : 'сеть ответила ошибкой');
  }
}
