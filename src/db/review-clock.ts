import type { Tx } from './data-source.ts';
import { stopClocks } from './missed-deadline.ts';

/** Stops the curator's clock on this message, if it runs (clause 8). */
export const stopReviewClock = (tx: Tx, messageId: string, at: Date): Promise<void> =>
  stopClocks(tx, { messageId, kind: 'review' }, at);
