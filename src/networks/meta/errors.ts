import { z } from 'zod';
import { NetworkError, type ErrorRow } from '../network-error.ts';

const MINUTE = 60_000;

/** Error numbers of the Graph API; those not named here need a person to look. */
const rows: Record<number, ErrorRow> = {
  1: { kind: 'transient', reason: 'неизвестная ошибка на стороне сети' },
  2: { kind: 'transient', reason: 'сеть временно недоступна' },
  3: { kind: 'permission', reason: 'приложению не разрешено это действие' },
  4: { kind: 'rate', reason: 'исчерпан лимит обращений приложения', afterMs: 10 * MINUTE },
  10: { kind: 'permission', reason: 'у ключа доступа нет права на это действие' },
  17: { kind: 'rate', reason: 'исчерпан лимит обращений пользователя', afterMs: 10 * MINUTE },
  32: { kind: 'rate', reason: 'исчерпан лимит обращений страницы', afterMs: 10 * MINUTE },
  100: { kind: 'content', reason: 'сеть не приняла содержание ответа' },
  102: { kind: 'credentials', reason: 'сеть не приняла ключ доступа' },
  190: { kind: 'credentials', reason: 'сеть не приняла ключ доступа' },
  200: { kind: 'permission', reason: 'нет разрешения на это действие' },
  368: { kind: 'human', reason: 'действие временно заблокировано правилами сети' },
  506: { kind: 'content', reason: 'такой же ответ только что публиковался' },
  613: { kind: 'rate', reason: 'слишком много обращений подряд', afterMs: MINUTE },
  803: { kind: 'missing', reason: 'такого объекта в сети нет' },
  80001: { kind: 'rate', reason: 'исчерпан лимит обращений страницы', afterMs: 10 * MINUTE },
  80002: { kind: 'rate', reason: 'исчерпан лимит обращений аккаунта', afterMs: 10 * MINUTE },
};

/** What a subcode tells better than its code. */
const subcodes: Record<string, ErrorRow> = {
  '100.33': { kind: 'missing', reason: 'такого объекта в сети нет или к нему нет доступа' },
  '190.458': { kind: 'credentials', reason: 'приложение отключено от страницы' },
  '190.460': { kind: 'credentials', reason: 'пароль владельца ключа изменён' },
  '190.463': { kind: 'credentials', reason: 'срок действия ключа доступа истёк' },
  '190.467': { kind: 'credentials', reason: 'ключ доступа отозван' },
};

/** The `error` envelope; it comes with HTTP 400, 403 or 500, in a batch inside an answer of 200. */
export const errorEnvelope = z.object({
  error: z.object({
    code: z.number(),
    message: z.string().default(''),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().default(false),
    fbtrace_id: z.string().optional(),
  }),
});

type Envelope = z.infer<typeof errorEnvelope>['error'];

export class MetaError extends NetworkError {
  override readonly name = 'MetaError';
  readonly subcode: number | null;

  /** `regainMs`: when the usage headers say that calls are allowed again. */
  constructor(call: string, error: Envelope, regainMs: number | null = null) {
    const { code, error_subcode, fbtrace_id } = error;
    const details = [
      ...(error_subcode === undefined ? [] : [`subcode ${error_subcode}`]),
      ...(fbtrace_id === undefined ? [] : [`fbtrace_id ${fbtrace_id}`]),
    ];
    const text = [error.message, ...details].join(', ');
    const row = rowOf(error);
    const afterMs = row?.kind === 'rate' ? (regainMs ?? row.afterMs) : undefined;
    super(`${call}: error ${code}: ${text}`, code, text, row && withAfter(row, afterMs));
    this.subcode = error_subcode ?? null;
  }
}

function rowOf(error: Envelope): ErrorRow | undefined {
  const { code, error_subcode: subcode, message, is_transient } = error;
  const row = subcodes[`${code}.${subcode}`] ?? rows[code];
  // Our own proof is at fault, not what we say.
  if (code === 100 && message.includes('appsecret_proof')) {
    return { kind: 'credentials', reason: 'секрет приложения не подходит к ключу доступа' };
  }
  if (row) return row;
  if (code > 200 && code < 300) return rows[200];
  return is_transient ? rows[2] : undefined;
}

function withAfter({ kind, reason }: ErrorRow, afterMs: number | undefined): ErrorRow {
  return afterMs === undefined ? { kind, reason } : { kind, reason, afterMs };
}

/** The codes the table knows, with the subcodes that matter. */
export const knownErrors = [
  ...Object.entries(rows).map(([code, row]) => ({ code: Number(code), subcode: null, ...row })),
  ...Object.entries(subcodes).map(([key, row]) => {
    const [code, subcode] = key.split('.').map(Number) as [number, number];
    return { code, subcode, ...row };
  }),
];
