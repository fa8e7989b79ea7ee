import express, { Router, type Request, type Response } from 'express';
import type { Faults } from '../faults.ts';
import { misbehave } from '../misbehave.ts';
import { createRateLimit } from '../social/rate.ts';
import { errorEnvelope, OkError } from './errors.ts';
import { spokenFault } from './faults.ts';
import type { Method } from './methods/method.ts';
import type { OkOptions } from './options.ts';
import { Params } from './params.ts';
import { expectedSig } from './signature.ts';

export interface ApiDeps {
  methods: Map<string, Method>;
  faults: Faults;
  options: OkOptions;
}

/**
 * `GET|POST /fb.do` with `method`, and `/api/{group}/{method}`, as api.ok.ru answers: errors too come
 * with HTTP 200, and are named in the header `Invocation-Error`.
 */
export function createApi({ methods, faults, options }: ApiDeps): Router {
  const overLimit = createRateLimit();

  async function answer(req: Request, res: Response): Promise<void> {
    const params = readParams(req);
    const { group, name } = req.params as { group?: string; name?: string };
    const method = group && name ? `${group}.${name}` : (params['method'] ?? '');
    if (await misbehave(faults, method, req, res)) return;
    try {
      const result = call(method, params);
      if (faults.take(['cut-after'], method)) req.socket.destroy();
      else res.json(result);
    } catch (error) {
      if (!(error instanceof OkError)) throw error;
      res.set('invocation-error', String(error.code)).json(errorEnvelope(error));
    }
  }

  function call(name: string, params: Record<string, string>): unknown {
    if (params['application_key'] !== options.applicationKey) throw new OkError(101);
    const method = methods.get(name);
    if (!method) throw new OkError(3, name);
    const token = params['access_token'] ?? params['session_key'];
    if (!token) throw new OkError(453);
    if (token !== options.accessToken) throw new OkError(103);
    if (params['sig'] !== expectedSig(params, options)) throw new OkError(104);
    const fault = spokenFault(faults, name);
    if (fault) throw fault;
    const { perSecond } = options;
    if (perSecond !== null && overLimit('user', perSecond)) throw new OkError(11);
    if (!options.scopes.includes(method.scope)) throw new OkError(10, method.scope);
    return method.run(new Params(params));
  }

  const router = Router();
  const body = express.urlencoded({ extended: false, limit: '20mb' });
  for (const path of ['/fb.do', '/api/:group/:name']) {
    router.get(path, answer);
    router.post(path, body, answer);
  }
  return router;
}

/** Body over query; of a repeated parameter the last one counts. */
function readParams(req: Request): Record<string, string> {
  const given = { ...req.query, ...(req.body as Record<string, unknown> | undefined) };
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      String(Array.isArray(value) ? value.at(-1) : value),
    ]),
  );
}
