import { createHmac } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import multer from 'multer';
import type { Faults } from '../faults.ts';
import { misbehave } from '../misbehave.ts';
import { GraphError } from './errors.ts';
import { spokenFault } from './faults.ts';
import type { MetaOptions } from './options.ts';

export type Params = Readonly<Record<string, string>>;

export interface GraphCall {
  method: 'GET' | 'POST';
  /** Without the version. */
  path: string[];
  params: Params;
  /** The file of a multipart body. */
  file: Buffer | null;
  /** The address of this call with other parameters, as `next` shows it. */
  link: (params: Params) => string;
}

/** What may be spoilt by a fault. */
export const operations = ['publish', 'list', 'read', 'upload', 'debug_token', 'batch'] as const;
export type Operation = (typeof operations)[number];

/** The part of the Graph API that is one network's. */
export interface GraphNetwork {
  operation(call: GraphCall): Operation;
  run(call: GraphCall): unknown;
}

/** How far the allowance is used up, for the headers. */
export interface Allowance {
  percent: number;
  /** Minutes; 0: calls are allowed. */
  regain: number;
}

export interface GraphDeps {
  options: MetaOptions;
  faults: Faults;
  network: GraphNetwork;
  base: () => string;
  allowance: Allowance;
}

/** `GET|POST /vN.N/…`, as graph.facebook.com answers it. */
export function createGraph({ options, faults, network, base, allowance }: GraphDeps): Router {
  async function answer(req: Request, res: Response): Promise<void> {
    const params = readParams(req);
    const [version = '', ...path] = req.path.split('/').filter((part) => part !== '');
    const method = req.method === 'GET' ? 'GET' : 'POST';
    const call: GraphCall = {
      method,
      path,
      params,
      file: req.file?.buffer ?? null,
      // As the real one: the address of the next page holds the token.
      link: (other) =>
        `${base()}${req.path}?${new URLSearchParams({ access_token: options.token, ...other }).toString()}`,
    };
    const operation = operationOf(call);
    if (await misbehave(faults, operation, req, res)) return;
    showAllowance(res, allowance);
    try {
      const [, number = '0'] = /^v(\d+)\.\d+$/.exec(version) ?? [];
      if (Number(number) < 20) throw new GraphError(2635);
      const token = tokenOf(req, params);
      const result = path.length === 0 ? batch(params, token) : single(call, operation, token);
      if (faults.take(['cut-after'], operation)) req.socket.destroy();
      else res.json(result);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if ([4, 17, 32, 613].includes(error.code)) showAllowance(res, { percent: 100, regain: 5 });
      res.status(error.status).json(error.envelope());
    }
  }

  function operationOf(call: GraphCall): Operation {
    if (call.path.length === 0) return 'batch';
    return call.path[0] === 'debug_token' ? 'debug_token' : network.operation(call);
  }

  function single(call: GraphCall, operation: Operation, token: string | undefined): unknown {
    if (operation === 'debug_token') return debugToken(call.params, token);
    checkToken(token, call.params);
    const fault = spokenFault(faults, operation);
    if (fault) throw fault;
    return network.run(call);
  }

  /** Many GETs in one call; each has a status and a body of its own. */
  function batch(params: Params, token: string | undefined): unknown {
    const parts = readBatch(params['batch']);
    return parts.map((relative) => {
      const url = new URL(relative, `${base()}/`);
      const path = relative
        .replace(/\?.*$/, '')
        .split('/')
        .filter((part) => part !== '');
      const own = Object.fromEntries(url.searchParams);
      const call: GraphCall = {
        method: 'GET',
        path,
        params: { appsecret_proof: params['appsecret_proof'] ?? '', ...own },
        file: null,
        link: (other) => `${base()}/${path.join('/')}?${new URLSearchParams(other).toString()}`,
      };
      try {
        return { code: 200, body: JSON.stringify(single(call, operationOf(call), token)) };
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        return { code: error.status, body: JSON.stringify(error.envelope()) };
      }
    });
  }

  function checkToken(token: string | undefined, params: Params): void {
    if (token === undefined || token === '') throw new GraphError(104);
    if (token !== options.token) throw new GraphError(190);
    const { tokenExpiresAt } = options;
    if (tokenExpiresAt > 0 && tokenExpiresAt * 1000 < Date.now()) {
      throw new GraphError(190, 'Error validating access token: Session has expired', 463);
    }
    const proof = createHmac('sha256', options.appSecret).update(token).digest('hex');
    const given = params['appsecret_proof'];
    if (!options.proof && given === undefined) return;
    if (!given) {
      throw new GraphError(100, 'API calls from the server require an appsecret_proof argument');
    }
    if (given !== proof) {
      throw new GraphError(100, 'Invalid appsecret_proof provided in the API argument');
    }
  }

  function debugToken(params: Params, token: string | undefined): unknown {
    const { appId, appSecret, tokenExpiresAt, dataAccessExpiresAt } = options;
    if (token !== `${appId}|${appSecret}`) throw new GraphError(190);
    const valid =
      params['input_token'] === options.token &&
      (tokenExpiresAt === 0 || tokenExpiresAt * 1000 > Date.now());
    return {
      data: {
        app_id: appId,
        type: 'PAGE',
        application: 'Otklik',
        is_valid: valid,
        expires_at: tokenExpiresAt,
        data_access_expires_at: dataAccessExpiresAt,
        scopes: ['pages_read_user_content', 'pages_manage_engagement'],
      },
    };
  }

  const router = Router();
  const upload = multer({
    limits: { fileSize: options.limits.photoBytes, fieldSize: 20 * 1024 * 1024 },
  }).single('source');
  const path = /^\/v\d+\.\d+(\/.*)?$/;
  router.get(path, answer);
  router.post(path, express.urlencoded({ extended: false, limit: '20mb' }), upload, answer);
  return router;
}

function readParams(req: Request): Params {
  const given = { ...req.query, ...(req.body as Record<string, unknown> | undefined) };
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      String(Array.isArray(value) ? value.at(-1) : value),
    ]),
  );
}

function tokenOf(req: Request, params: Params): string | undefined {
  const header = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(req.headers.authorization ?? '');
  return params['access_token'] ?? header?.[1];
}

function readBatch(text: string | undefined): string[] {
  try {
    const parts = JSON.parse(text ?? '') as { method?: string; relative_url?: string }[];
    if (parts.length > 50) throw new GraphError(100, 'Too many requests in batch message');
    return parts.map(({ method, relative_url }) => {
      if (method !== 'GET' || !relative_url) throw new GraphError(100, 'Unsupported batch request');
      return relative_url;
    });
  } catch (error) {
    throw error instanceof GraphError ? error : new GraphError(100, 'batch parameter must be JSON');
  }
}

function showAllowance(res: Response, { percent, regain }: Allowance): void {
  const figures = { call_count: percent, total_time: 0, total_cputime: 0 };
  res.set('x-app-usage', JSON.stringify(figures));
  const business = { type: 'pages', ...figures, estimated_time_to_regain_access: regain };
  res.set('x-business-use-case-usage', JSON.stringify({ '519': [business] }));
}
