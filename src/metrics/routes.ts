import { Router, type Request, type RequestHandler } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Authenticator } from '../access/authenticate.ts';
import { principalOf } from '../access/authenticate.ts';
import { failed } from '../api/failed.ts';
import { LIMITS, type Limits } from '../api/limits.ts';
import { Problem } from '../api/problem.ts';
import { allowed, requirePrincipal } from '../api/require.ts';
import type { Database } from '../db/data-source.ts';
import { databaseMetrics } from './database.ts';
import { processMetrics } from './process.ts';

interface MetricsDeps {
  db: Database;
  authenticators: readonly Authenticator[];
  metricsOpen?: boolean;
  limits?: Limits;
}

/** `GET /metrics` for Prometheus: by token, or without one from this machine if that was set. */
export function metricsRoutes(deps: MetricsDeps): Router {
  const { db, authenticators, metricsOpen = false, limits = LIMITS } = deps;
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  databaseMetrics(db, own);
  const all = Registry.merge([own, processMetrics]);

  const show: RequestHandler = async (_request, response) => {
    const text = await all.metrics();
    response.set({ 'content-type': all.contentType, 'cache-control': 'no-store' }).send(text);
  };
  const byRight: RequestHandler = (_request, response, next) => {
    const principal = principalOf(response);
    if (principal !== null) allowed(principal, 'metrics:read');
    next();
  };

  const router = Router();
  const path = router.route('/');
  path.get((request, _response, next) => next(metricsOpen && isLocal(request) ? 'route' : null));
  path.get(...requirePrincipal(authenticators, limits), byRight, show);
  router.get('/', show);
  path.all(() => {
    const headers = { allow: 'GET, HEAD' };
    throw new Problem('method-not-allowed', 'Допустимо: GET.', { headers });
  });
  router.use(() => {
    throw new Problem('not-found', 'Проверьте адрес.');
  });
  router.use(failed);
  return router;
}

/** Sent by a program of this machine, and not handed on by a proxy on it. */
function isLocal({ socket, headers }: Request): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const handedOn = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['via'];
  return handedOn === undefined && (address === '::1' || address.startsWith('127.'));
}
