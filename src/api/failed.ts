import type { ErrorRequestHandler } from 'express';
import { isDatabaseAway } from '../db/away.ts';
import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { Problem, sendProblem } from './problem.ts';

/** The body's limit, in words and for the parser. */
export const BODY_LIMIT = { bytes: 100 * 1024, words: '100 КБ' };

/** The one place where an error of the interface becomes an answer; nothing of ours leaks. */
export const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const problem = problemOf(error);
  if (problem.kind === 'internal') {
    log.error({ err: error, method: request.method, path: request.path }, 'request failed');
  } else if (problem.kind === 'unavailable') {
    log.warn({ why: (error as Error).message, path: request.path }, 'request put off');
  }
  sendProblem(response, problem);
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TryLater || isDatabaseAway(error)) {
    const headers = { 'retry-after': '30' };
    return new Problem('unavailable', 'Повторите запрос через полминуты.', { headers });
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.parse.failed') {
    return new Problem('malformed-json', 'Тело запроса должно быть объектом JSON в UTF-8.');
  }
  if (status === 413) {
    return new Problem('too-large', `Допустимо не более ${BODY_LIMIT.words}.`);
  }
  if (status === 415) {
    return new Problem('unsupported-media-type', 'Допустимо: application/json в UTF-8.');
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem('malformed-request', 'Проверьте адрес и заголовки запроса.');
  }
  return new Problem('internal', 'Не получилось. Повторите запрос через минуту.');
}
