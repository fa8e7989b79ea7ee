import express, { Router, type ErrorRequestHandler } from 'express';
import type { Database } from '../db/data-source.ts';
import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { WEBHOOK_ENDS, webhooks, type WebhookEnd } from '../metrics/process.ts';
import type { OnChange } from '../monitor/changes.ts';
import { NetworkError } from '../networks/network-error.ts';
import { CredentialsRefused, type Network } from '../networks/port.ts';
import { WebhookForbidden, WebhookMalformed } from '../networks/webhook.ts';
import { createSeen } from './seen.ts';
import { takeNotice } from './take-notice.ts';

/** A network gives up on us after some ten seconds and sends the notice again. */
const LONGEST_MS = 9_000;
const LARGEST = '1mb';
/** Event ids remembered; an older one sent again is read again, and stored once all the same. */
const REMEMBERED = 10_000;

export interface WebhookDeps {
  db: Database;
  networks: readonly Network[];
  onChange: OnChange;
}

/**
 * `GET` and `POST /{network}` for the networks whose webhook is set up (clause 2). A notice is
 * answered once what it names is stored: 403 when it is not signed, 400 when it cannot be read, 503
 * when the network itself could not be asked, which makes it send the notice again.
 */
export function webhookRoutes({ db, networks, onChange }: WebhookDeps): Router {
  const router = Router();
  // The signature is over the bytes as they came, so they are never unpacked or parsed before.
  const raw = express.raw({ type: () => true, limit: LARGEST, inflate: false });
  for (const network of networks) {
    const { code, webhook } = network;
    if (!webhook) continue;
    const seen = createSeen(REMEMBERED);
    for (const end of WEBHOOK_ENDS) webhooks.inc({ network: code, end }, 0);
    const failed: ErrorRequestHandler = (error: unknown, { method }, response, next) => {
      const { status, end } = answerTo(error);
      if (method === 'POST') webhooks.inc({ network: code, end });
      if (status >= 500) log.warn({ network: code, err: error }, 'a notice was not taken in');
      if (response.headersSent) next(error);
      else response.status(status).type('text').send(end);
    };

    router.get(`/${code}`, (request, response) => {
      const answer = webhook.confirm(request.query);
      if (answer === null) throw new WebhookForbidden('the address is not known');
      response.type('text').send(answer);
    });
    router.post(`/${code}`, raw, async (request, response) => {
      const body: unknown = request.body;
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const notice = webhook.read(bytes, (name) => request.get(name));
      const repeated = notice.eventId !== null && seen.has(notice.eventId);
      if (!repeated) {
        const signal = AbortSignal.timeout(LONGEST_MS);
        await takeNotice(db, network, notice.objects, onChange, signal);
        if (notice.eventId !== null) seen.add(notice.eventId);
      }
      webhooks.inc({ network: code, end: repeated ? 'repeated' : 'accepted' });
      response.type('text').send(notice.answer);
    });
    router.use(`/${code}`, failed);
  }
  return router;
}

function answerTo(error: unknown): { status: number; end: WebhookEnd } {
  if (error instanceof WebhookForbidden) return { status: 403, end: 'forbidden' };
  if (error instanceof WebhookMalformed) return { status: 400, end: 'malformed' };
  if ([TryLater, CredentialsRefused, NetworkError].some((kind) => error instanceof kind)) {
    return { status: 503, end: 'put-off' };
  }
  const status = (error as { status?: unknown } | null)?.status;
  const theirs = typeof status === 'number' && status >= 400 && status < 500;
  return theirs ? { status, end: 'malformed' } : { status: 500, end: 'failed' };
}
