import { Counter, Histogram, Registry } from 'prom-client';

/** What this process counts itself; another process has counts of its own. */
export const processMetrics = new Registry();
const registers = [processMetrics];

/**
 * How a job ended: `refused` went back to a person or to the model's own way for it, `postponed` waits for
 * the outside world, `failed` is a defect.
 */
export type JobOutcome = 'done' | 'refused' | 'postponed' | 'failed';

export const jobs = new Counter({
  name: 'otklik_jobs_total',
  help: 'Jobs of the engine by type and outcome',
  labelNames: ['type', 'outcome'],
  registers,
});

export const pollFailures = new Counter({
  name: 'otklik_poll_failures_total',
  help: 'Readings of a network that failed',
  labelNames: ['network'],
  registers,
});

/**
 * How a network's notice ended: `accepted` once all that it names is stored, `repeated` when it was taken
 * in before, `forbidden` without the right signature or secret, `put-off` while the network could not be
 * asked, which makes it send the notice again.
 */
export const WEBHOOK_ENDS = [
  'accepted',
  'repeated',
  'forbidden',
  'malformed',
  'put-off',
  'failed',
] as const;
export type WebhookEnd = (typeof WEBHOOK_ENDS)[number];

export const webhooks = new Counter({
  name: 'otklik_webhooks_total',
  help: 'Notices of networks by how they ended; their sum is what was received',
  labelNames: ['network', 'end'],
  registers,
});

export const webhookStored = new Counter({
  name: 'otklik_webhook_messages_total',
  help: 'Messages that notices of networks brought first',
  labelNames: ['network'],
  registers,
});

export const requestSeconds = new Histogram({
  name: 'otklik_http_request_duration_seconds',
  help: 'Answers to HTTP requests by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
