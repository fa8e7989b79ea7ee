import { Router } from 'express';
import type { Authenticator } from '../access/authenticate.ts';
import type { Database } from '../db/data-source.ts';
import type { Networks } from '../networks/registry.ts';
import { docsRoutes } from './docs/routes.ts';
import { createDocument } from './document.ts';
import type { Endpoint } from './endpoint.ts';
import { failed } from './failed.ts';
import { LIMITS, type Limits } from './limits.ts';
import { listMessagesEndpoint } from './list-messages.ts';
import { Problem } from './problem.ts';
import { readMessageEndpoint } from './read-message.ts';
import { registerMessageEndpoint } from './register-message.ts';
import { requirePrincipal } from './require.ts';
import { endpointRoutes } from './router.ts';

export interface ApiDeps {
  db: Database;
  networks: Networks;
  authenticators: readonly Authenticator[];
  limits?: Limits;
}

export const endpoints = (deps: Pick<ApiDeps, 'db' | 'networks'>): Endpoint[] => [
  listMessagesEndpoint(deps),
  registerMessageEndpoint(deps),
  readMessageEndpoint(deps),
];

/** The HTTP interface for other systems, to be mounted under `/api`. */
export function apiRoutes(deps: ApiDeps): Router {
  const { authenticators, limits = LIMITS } = deps;
  const served = endpoints(deps);
  const router = Router();
  router.use(docsRoutes(createDocument(served)));
  router.use(requirePrincipal(authenticators, limits));
  router.use('/v1', endpointRoutes(served));
  router.use(() => {
    throw new Problem('not-found', 'Проверьте адрес; что есть, описано в /api/docs.');
  });
  router.use(failed);
  return router;
}
