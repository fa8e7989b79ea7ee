import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { principalOf } from '../access/authenticate.ts';
import { Problem } from './problem.ts';

/** Requests a minute, each process counting for itself. */
export interface Limits {
  /** Of one principal. */
  requests: number;
  /** Wrong tokens from one address; right ones from there go on being accepted. */
  failures: number;
}

export const LIMITS: Limits = { requests: 600, failures: 30 };

const WINDOW_MS = 60_000;

/** Slows a principal down, whatever its address. */
export const limitRequests = ({ requests }: Limits): RequestHandler =>
  limiter(requests, (_request, response) => principalOf(response)?.login ?? '');

/** Passed by requests whose sender is unknown: who tries tokens is soon told to wait. */
export const limitFailures = ({ failures }: Limits): RequestHandler =>
  limiter(failures, (request) => ipKeyGenerator(request.ip ?? ''));

const limiter = (
  limit: number,
  keyGenerator: (request: Request, response: Response) => string,
): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator,
    // Behind a proxy that is not trusted all share its address; the setting is ours to explain.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(new Problem('too-many-requests', 'Подождите столько секунд, сколько в Retry-After.'));
    },
  });
