import type { Engine } from './client.ts';

const KEPT_MS = 60_000;

/** Tells the running process of a message that its author edited or deleted the post. */
export const announceChange =
  (engine: Engine) =>
  async (messageId: string, change: 'edited' | 'deleted'): Promise<void> => {
    await engine.publishMessage({
      name: 'post-changed',
      correlationKey: messageId,
      timeToLive: KEPT_MS,
      variables: { change },
    });
  };
