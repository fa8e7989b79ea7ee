import express, { Router, type Request, type Response } from 'express';
import multer from 'multer';
import type { Faults } from '../faults.ts';
import { misbehave } from '../misbehave.ts';
import { VkError, errorEnvelope } from './errors.ts';
import { captchaImage, spokenFault } from './faults.ts';
import type { Method, TokenType } from './methods/method.ts';
import type { VkOptions } from './options.ts';
import { Params } from './params.ts';
import { createRateLimit } from '../social/rate.ts';

export interface ApiDeps {
  methods: Map<string, Method>;
  faults: Faults;
  options: VkOptions;
  base: () => string;
}

const perSecond: Record<TokenType, number> = { user: 3, group: 20 };

/** `GET|POST /method/{name}`, as api.vk.com answers it: errors too come with HTTP 200. */
export function createApi({ methods, faults, options, base }: ApiDeps): Router {
  const overLimit = createRateLimit();

  async function answer(req: Request<{ name: string }>, res: Response): Promise<void> {
    const name = req.params.name;
    if (await misbehave(faults, name, req, res)) return;
    const params = readParams(req);
    try {
      const response = call(name, params, tokenOf(req, params));
      if (faults.take(['cut-after'], name)) req.socket.destroy();
      else res.json({ response });
    } catch (error) {
      if (!(error instanceof VkError)) throw error;
      res.json(errorEnvelope(error, name, params));
    }
  }

  function call(name: string, params: Record<string, string>, token: string | undefined): unknown {
    const method = methods.get(name);
    if (!method) throw new VkError(3);
    checkVersion(params['v']);
    const type = checkToken(token);
    const fault = spokenFault(faults, name, base());
    if (fault) throw fault;
    if (options.rateLimit && overLimit(type, perSecond[type])) throw new VkError(6);
    if (!method.tokens.includes(type)) {
      throw new VkError(27, 'method is unavailable with group auth.');
    }
    return method.run({ params: new Params(params), token: type });
  }

  function checkToken(token: string | undefined): TokenType {
    if (token === undefined || token === '') throw new VkError(5, 'no access_token passed.');
    if (token === options.userToken) return 'user';
    if (token === options.groupToken) return 'group';
    throw new VkError(5, 'invalid access_token (4).');
  }

  const router = Router();
  const bodies = [
    express.urlencoded({ extended: false, limit: '20mb' }),
    multer({ limits: { fieldSize: 20 * 1024 * 1024 } }).none(),
  ];
  router.get('/method/:name', answer);
  router.post('/method/:name', ...bodies, answer);
  router.get('/captcha/:sid', (_req, res) => {
    res.type('image/svg+xml').send(captchaImage);
  });
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

function tokenOf(req: Request, params: Record<string, string>): string | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(req.headers.authorization ?? '');
  return params['access_token'] ?? bearer?.[1];
}

function checkVersion(v: string | undefined): void {
  const rule =
    'Version param should be passed as "v". "version" param is invalid and not supported.';
  const match = /^(\d+)\.(\d+)$/.exec(v ?? '');
  if (!match) throw new VkError(8, `v is required. ${rule}`);
  const old = Number(match[1]) < 5 || (Number(match[1]) === 5 && Number(match[2]) < 81);
  if (old) throw new VkError(8, `versions below 5.81 are deprecated. ${rule}`);
}
