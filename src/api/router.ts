import express, { Router, type RequestHandler } from 'express';
import type { z } from 'zod';
import { principalOf } from '../access/authenticate.ts';
import type { Endpoint } from './endpoint.ts';
import { BODY_LIMIT } from './failed.ts';
import { bodyFaults, describe, parameterFaults } from './faults.ts';
import { groupBy } from '../group-by.ts';
import { Problem, type Fault } from './problem.ts';
import { allowed } from './require.ts';

/** Serves `endpoints`, for principals only; other methods of their paths are refused. */
export function endpointRoutes(endpoints: readonly Endpoint[]): Router {
  const router = Router({ caseSensitive: true });
  const byPath = groupBy(endpoints, ({ path }) => path);
  for (const [path, operations] of byPath) {
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const operation of operations) {
      const body = operation.body === undefined ? [] : [onlyJson, readJson];
      route[operation.method](...body, serve(operation));
    }
    route.all(refuseMethod(operations));
  }
  return router;
}

const readJson = express.json({ limit: BODY_LIMIT.bytes, type: () => true });

const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json')) return next();
  throw new Problem('unsupported-media-type', 'Допустимо: application/json.');
};

function serve(endpoint: Endpoint): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = `${request.baseUrl}${endpoint.path}`;
    const principal = principalOf(response);
    if (principal === null) throw new Error('an endpoint is open to the unknown');
    allowed(principal, endpoint.action);
    const input = {
      params: parse(endpoint.params, request.params, noSuchPath),
      query: parse(endpoint.query, request.query, wrongParameters),
      body: parse(endpoint.body, request.body, wrongBody),
      principal,
    };
    const { status, body, headers = {} } = await endpoint.run(input as never);
    response
      .status(status)
      .set({ ...headers, 'cache-control': 'private, no-store' })
      .json(body);
  };
}

function parse(
  schema: z.ZodType | undefined,
  given: unknown,
  refuse: (error: z.ZodError) => Problem,
): unknown {
  const parsed = schema?.safeParse(given, { error: describe });
  if (parsed?.success === false) throw refuse(parsed.error);
  return parsed?.data;
}

const noSuchPath = () => new Problem('not-found', 'Проверьте адрес.');
const wrongParameters = (error: z.ZodError) =>
  withFaults('invalid-parameters', parameterFaults(error));
const wrongBody = (error: z.ZodError) => withFaults('invalid-body', bodyFaults(error));

const withFaults = (kind: 'invalid-parameters' | 'invalid-body', errors: Fault[]) =>
  new Problem(kind, 'Исправьте то, что названо в errors.', { errors });

function refuseMethod(operations: readonly Endpoint[]): RequestHandler {
  const methods = operations.map(({ method }) => method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
  return () => {
    throw new Problem('method-not-allowed', `Допустимо: ${allow}.`, { headers: { allow } });
  };
}
