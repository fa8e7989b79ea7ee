import { emailChannel } from './email.ts';
import type { Channels } from './outbox.ts';
import { webhookChannel } from './webhook.ts';

/** The channels that clause 4 lets agencies choose from. */
export const createChannels = (settings: {
  smtpUrl: string;
  mailFrom: string;
  webhookSecret: string | null;
}): Channels => ({
  email: emailChannel(settings.smtpUrl, settings.mailFrom),
  webhook: webhookChannel(settings.webhookSecret),
});
