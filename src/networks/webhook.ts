import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * What a network sends us by itself. A notice is only a hint: the objects it names are read from the
 * network before anything is stored.
 */
export interface Webhook {
  /** The answer to the network's GET that checks the address; null: it does not know our token. */
  confirm(query: Readonly<Record<string, unknown>>): string | null;
  /**
   * Reads a notice. Throws WebhookForbidden when it is not the network's, WebhookMalformed when it
   * cannot be read.
   */
  read(body: Buffer, header: (name: string) => string | undefined): Notice;
}

export interface Notice {
  /** What the network wants to hear once the notice was taken in. */
  answer: string;
  /** The same when the network sends it again; null: it gives none. */
  eventId: string | null;
  /** External ids of what was written, edited or deleted. */
  objects: string[];
}

/** The notice is not signed by the network. */
export class WebhookForbidden extends Error {
  override readonly name = 'WebhookForbidden';
}

/** The notice is not in the network's form. */
export class WebhookMalformed extends Error {
  override readonly name = 'WebhookMalformed';
}

/** Compares in a time that tells nothing of the secret. */
export function sameSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
