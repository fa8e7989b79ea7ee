import { isDatabaseAway } from './away.ts';
import { plannedOnce } from './client.ts';
import type { Database, Tx } from './data-source.ts';
import { holdMessage } from './hold-message.ts';
import { transaction, type Last } from './transaction.ts';

/**
 * A step of the work on a message, in a transaction that holds the message. It may be done a second time
 * after the first was rolled back: only what it does in `tx` is an effect.
 */
type Step<T> = (tx: Tx, last: Last) => Promise<T>;

/** Does a step; resolves with its result once that is committed. */
export type Together = <T>(messageId: string, step: Step<T>) => Promise<T>;

interface Asked {
  messageId: string;
  step: Step<unknown>;
  /** Takes the result, or a promise of it. */
  settle: (result: unknown) => void;
}

/** As many as a worker has in hand. */
const MOST = 32;

/**
 * Steps of different messages that are to be done at the same time share a transaction: what each asks
 * goes to the server in the same packets, and one COMMIT ends them all. Those that come meanwhile share the
 * next one. A step whose message somebody else holds, and each of those that shared one that failed, is
 * done in a transaction of its own: no step waits for another's message, or fails for another's fault.
 * Within the transaction no step waits for another: what they share must not depend on who is first.
 */
export function together(db: Database): Together {
  const queue: Asked[] = [];
  let going = false;
  const go = async () => {
    going = true;
    // Whoever asks in the same turn comes along.
    await Promise.resolve();
    while (queue.length > 0) await share(db, nextOf(queue));
    going = false;
  };
  return <T>(messageId: string, step: Step<T>) =>
    new Promise<T>((resolve) => {
      queue.push({ messageId, step, settle: resolve as Asked['settle'] });
      if (!going) void go();
    });
}

/** Takes the first steps out of `queue`, one for a message. */
function nextOf(queue: Asked[]): Asked[] {
  const taken = new Map<string, Asked>();
  const left: Asked[] = [];
  for (const it of queue.splice(0)) {
    if (taken.size === MOST || taken.has(it.messageId)) left.push(it);
    else taken.set(it.messageId, it);
  }
  queue.push(...left);
  return [...taken.values()];
}

/** Does the steps in one transaction; never throws. */
async function share(db: Database, steps: readonly Asked[]): Promise<void> {
  try {
    const results = await transaction(db, async (tx, last) => {
      const held = await holdFree(tx, steps);
      const outcomes = await Promise.allSettled(held.map(({ step }) => step(tx, last)));
      return new Map(held.map((it, at) => [it, valueOf(outcomes[at]!)]));
    });
    for (const it of steps) it.settle(results.has(it) ? results.get(it) : alone(db, it));
  } catch (error) {
    const again = (it: Asked) => (isDatabaseAway(error) ? Promise.reject(error) : alone(db, it));
    for (const it of steps) it.settle(again(it));
  }
}

const HOLD_FREE = plannedOnce(
  'select id from message where id = any($1::uuid[]) order by id for update skip locked',
);

/** Holds the messages that nobody else holds; returns their steps. */
async function holdFree(tx: Tx, steps: readonly Asked[]): Promise<Asked[]> {
  const ids = steps.map(({ messageId }) => messageId);
  const rows = await tx.query<{ id: string }[]>(HOLD_FREE, [ids]);
  const free = new Set(rows.map(({ id }) => id));
  return steps.filter(({ messageId }) => free.has(messageId));
}

async function alone(db: Database, { messageId, step }: Asked): Promise<unknown> {
  return transaction(db, async (tx, last) => {
    const [, result] = await Promise.all([holdMessage(tx, messageId), step(tx, last)]);
    return result;
  });
}

function valueOf(outcome: PromiseSettledResult<unknown>): unknown {
  if (outcome.status === 'rejected') throw outcome.reason as Error;
  return outcome.value;
}
