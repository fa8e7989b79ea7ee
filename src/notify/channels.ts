import { emailChannel } from './email.ts';
import type { Channels } from './outbox.ts';
import { webhookChannel } from './webhook.ts';

/** The channels that clause 4 lets agencies choose from; `signal` ends what they keep open. */
export const createChannels = (
  settings: { smtpUrl: string; mailFrom: string; webhookSecret: string | null },
  signal: AbortSignal,
): Channels => ({
  email: emailChannel(settings.smtpUrl, settings.mailFrom, signal),
  webhook: webhookChannel(settings.webhookSecret),
});
