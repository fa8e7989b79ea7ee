import type { Response } from 'express';
import { z } from 'zod';

/** Every way in which a request may fail; `type` of the answer is `urn:otklik:problem:` and the key. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'Запрос составлен неверно' },
  'malformed-json': { status: 400, title: 'Тело запроса — не JSON' },
  'invalid-parameters': { status: 400, title: 'Параметры запроса указаны неверно' },
  unauthorized: { status: 401, title: 'Нужен ключ доступа или вход в систему' },
  forbidden: { status: 403, title: 'Действие не разрешено' },
  'not-found': { status: 404, title: 'Не найдено' },
  'method-not-allowed': { status: 405, title: 'Метод не поддерживается' },
  'own-post': { status: 409, title: 'Это ответ или запись самого региона' },
  'too-large': { status: 413, title: 'Тело запроса слишком велико' },
  'unsupported-media-type': { status: 415, title: 'Тип содержимого не поддерживается' },
  'invalid-body': { status: 422, title: 'Содержание запроса указано неверно' },
  'too-many-requests': { status: 429, title: 'Слишком много запросов' },
  internal: { status: 500, title: 'Внутренняя ошибка' },
  unavailable: { status: 503, title: 'Временно недоступно' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/** What is wrong at one place: `pointer` (RFC 6901) into the body, or a parameter's name. */
export const fault = z.strictObject({
  detail: z.string().describe('Что не так и что допустимо'),
  pointer: z.string().optional().describe('Поле тела запроса, JSON Pointer'),
  parameter: z.string().optional().describe('Параметр адреса'),
});

export type Fault = z.infer<typeof fault>;

/** RFC 9457. */
export const problemSchema = z.strictObject({
  type: z.string().describe('urn:otklik:problem:ВИД'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(fault).optional(),
});

interface More {
  errors?: readonly Fault[];
  headers?: Readonly<Record<string, string>>;
}

/** Ends a request of the interface; `detail` is Russian and tells the caller what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly more: More = {},
  ) {
    super(detail);
  }
}

export function sendProblem(response: Response, { kind, detail, more }: Problem): void {
  const { status, title } = PROBLEMS[kind];
  const { errors, headers = {} } = more;
  const body: z.infer<typeof problemSchema> = {
    type: `urn:otklik:problem:${kind}`,
    title,
    status,
    detail,
    ...(errors && { errors: [...errors] }),
  };
  response
    .status(status)
    .set({ ...headers, 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
    .send(JSON.stringify(body));
}
