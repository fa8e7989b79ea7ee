import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link lets its holder do: see the message, or also withdraw it. */
export type Scope = 'view' | 'curate';

/** Makes and checks the unguessable links to pages. */
export interface PageLinks {
  link: (messageId: string, scope?: Scope) => string;
  /** The scope that `key` gives for this message, null for none. */
  scopeOf: (messageId: string, key: unknown) => Scope | null;
  /** To the page of a month's summary data. */
  reportLink: (month: string) => string;
  opensReport: (month: string, key: unknown) => boolean;
  /** To the page of a report to the Governor. */
  urgentLink: (urgentReportId: string) => string;
  opensUrgent: (urgentReportId: string, key: unknown) => boolean;
}

export function createPageLinks(publicUrl: string, secret: string): PageLinks {
  const keyOf = (id: string, scope: Scope | 'report' | 'urgent') =>
    createHmac('sha256', secret).update(`${scope}:${id}`).digest('base64url');
  return {
    link: (messageId, scope = 'view') =>
      `${publicUrl}/messages/${messageId}?key=${keyOf(messageId, scope)}`,
    scopeOf: (messageId, key) => {
      if (typeof key !== 'string') return null;
      const scopes: Scope[] = ['curate', 'view'];
      return scopes.find((scope) => same(keyOf(messageId, scope), key)) ?? null;
    },
    reportLink: (month) => `${publicUrl}/reports/${month}?key=${keyOf(month, 'report')}`,
    opensReport: (month, key) => typeof key === 'string' && same(keyOf(month, 'report'), key),
    urgentLink: (id) => `${publicUrl}/urgent/${id}?key=${keyOf(id, 'urgent')}`,
    opensUrgent: (id, key) => typeof key === 'string' && same(keyOf(id, 'urgent'), key),
  };
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
