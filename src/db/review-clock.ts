import { IsNull } from 'typeorm';
import { stopClock } from './clocks.ts';
import type { Tx } from './data-source.ts';
import { DeadlineEntity } from './entities/deadline.ts';
import { recordLateWork } from './missed-deadline.ts';

/** Stops the curator's clock on this message, if it runs (clause 8). */
export async function stopReviewClock(tx: Tx, messageId: string, at: Date): Promise<void> {
  const running = await tx.findBy(DeadlineEntity, {
    messageId,
    kind: 'review',
    stoppedAt: IsNull(),
  });
  for (const { id } of running) {
    await stopClock(tx, id, at);
    await recordLateWork(tx, id, at);
  }
}
