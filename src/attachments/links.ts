import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose page it is: an executor's for an assignment, or the curator's for a message's answer. */
export type Side = 'executor' | 'curator';

/** Longer than any clock of the Procedure; a fresh link is on the message's page. */
const LIFETIME_MS = 30 * 24 * 3_600_000;

/** Makes and checks the unguessable links to the pages where files are added. */
export interface AttachmentLinks {
  /** `id` is of an assignment or, for the curator, of a message; good for 30 days from `from`. */
  readonly link: (side: Side, id: string, from: Date) => string;
  /** Null: not a link of ours for this page. `now` is this machine's clock. */
  check: (side: string, id: string, query: unknown, now: Date) => Checked | null;
}

export interface Checked {
  side: Side;
  expired: boolean;
}

export function createAttachmentLinks(publicUrl: string, secret: string): AttachmentLinks {
  const keyOf = (side: string, id: string, until: string) =>
    createHmac('sha256', secret).update(`attachments:${side}:${id}:${until}`).digest();
  return {
    link: (side, id, from) => {
      const until = String(Math.floor((from.getTime() + LIFETIME_MS) / 1_000));
      const key = keyOf(side, id, until).toString('base64url');
      return `${publicUrl}/attachments/${side}/${id}?until=${until}&key=${key}`;
    },
    check(side, id, query, now) {
      const { until, key } = query as { until?: unknown; key?: unknown };
      if (side !== 'executor' && side !== 'curator') return null;
      if (typeof until !== 'string' || typeof key !== 'string') return null;
      const [expected, given] = [keyOf(side, id, until), Buffer.from(key, 'base64url')];
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
      return { side, expired: now.getTime() >= Number(until) * 1_000 };
    },
  };
}
