import type { Readable } from 'node:stream';
import type { Webhook } from './webhook.ts';

/** The five networks of clause 1. */
export type NetworkCode = 'vk' | 'ok' | 'facebook' | 'instagram' | 'x';

/**
 * One social network: what is read there and how an answer is published (clauses 2, 8 and 11).
 * Reading throws TryLater while the network is away or limits us, CredentialsRefused when it does not
 * accept our tokens. No error, outcome or log line carries a token.
 */
export interface Network {
  readonly code: NetworkCode;
  /** As staff see it: «ВКонтакте». */
  readonly name: string;
  readonly canRead: boolean;
  readonly canReply: boolean;
  readonly limits: Limits;
  /** An answer too long for one post may go out as a thread of several, with `asThread`. */
  readonly threads?: boolean;
  /** Milliseconds between two looks at a source. */
  readonly pollEveryMs: number;
  /** What is polled; empty when reading is off. */
  sources(words: readonly string[]): Source[];
  /** The post or comment that an address leads to, however it is written; null: none of this network's. */
  recognise(url: URL): NetworkAddress | null;
  /**
   * Asks for what stands behind an address that tells no id; null: the network does not show it to us.
   * Throws as reading does.
   */
  resolve?: (url: URL, signal?: AbortSignal) => Promise<NetworkObject | null>;
  /** Which addresses lead to something, in Russian, where not all do. */
  readonly addresses?: string;
  /** Posts and comments as they are now; what is gone, not shown to us or our own is left out. Throws as reading does. */
  find?: (externalIds: readonly string[], signal?: AbortSignal) => Promise<FoundPost[]>;
  /** What became of these objects; one the network could not tell about is left out. */
  lookUp(externalIds: readonly string[], signal?: AbortSignal): Promise<Map<string, NowThere>>;
  /**
   * Publishes `answer` under the object `externalId`, with the attachments that `preview` shows. Never
   * throws for what the network does.
   */
  reply(externalId: string, answer: Answer, signal?: AbortSignal): Promise<PublicationOutcome>;
  /**
   * Looks for our own reply with this text under `externalId`: how an unknown outcome is settled.
   * Null: it is not there, or not all of its thread, and the same `guid` may be tried again. Throws as
   * reading does, and NetworkError where the network does not let us look: then a person has to.
   */
  findReply(
    externalId: string,
    answer: Pick<Answer, 'text' | 'asThread'>,
    signal?: AbortSignal,
  ): Promise<Published | null>;
  /** What keeps `answer` from being published as it is; empty when nothing does (clause 11). */
  format(
    answer: Pick<Answer, 'text' | 'asThread'> & { attachments?: readonly AttachmentInfo[] },
  ): Problem[];
  /** The answer as the network will show it. */
  preview(
    answer: Pick<Answer, 'text' | 'asThread'> & { attachments?: readonly AttachmentInfo[] },
  ): Preview;
  /** When our token stops working; null: never, or not known. Throws as reading does. */
  tokenExpiresAt?(signal?: AbortSignal): Promise<Date | null>;
  /** What the network sends by itself; null or absent: nothing, or its secret is not set. */
  webhook?: Webhook | null;
}

export interface Limits {
  /** Characters as JavaScript counts them (UTF-16 units), on X as X weighs them. */
  text: number;
  attachments: { count: number; bytes: number; mediaTypes: readonly string[] };
}

/** One stream of objects with a cursor of its own. */
export interface Source {
  /** Its key in `poll_cursor`, the same after a restart. */
  key: string;
  /**
   * Everything since `position` (null: never read), page by page; windows overlap, so objects come
   * again. The last page's position is kept only when all pages were taken in.
   */
  read(position: unknown, signal: AbortSignal): AsyncIterable<Page>;
}

export interface Page {
  found: FoundPost[];
  position: unknown;
}

/** Which post or comment; `url` is the one address that we keep of it. */
export type NetworkObject = Pick<FoundPost, 'network' | 'externalId' | 'kind' | 'url'>;

/** What an address tells; `externalId` null: its form does not say which object that is. */
export type NetworkAddress = Omit<NetworkObject, 'externalId'> & { externalId: string | null };

/** A post or comment as a network shows it; never one of our own. */
export interface FoundPost {
  network: NetworkCode;
  externalId: string;
  kind: 'post' | 'comment';
  url: string;
  authorName: string | null;
  authorUrl: string | null;
  text: string;
  /** Addresses of pictures. */
  photos: string[];
  publishedAt: Date;
  /** External id of the comment that this one replies to, where the network tells. */
  inReplyTo?: string | null;
  /**
   * External id of what heads the thread in which this one replies, where the network tells no more of
   * it: whether that was said to us shows from what stands there.
   */
  inThreadOf?: string | null;
}

export type NowThere = { deleted: true } | { deleted: false; text: string };

export interface Answer {
  text: string;
  attachments: readonly Attachment[];
  /** The same for every try to publish this answer; networks that know such keys never publish twice. */
  guid: string;
  /** A text too long for one post goes out as a thread of several, in networks that have threads. */
  asThread?: boolean;
}

export interface AttachmentInfo {
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
}

export interface Attachment extends AttachmentInfo {
  /** Called once a try. */
  open(): Readable | Buffer;
}

export interface Published {
  externalId: string;
  permalink: string;
  /** What the network answered: the proof. */
  received: unknown;
}

/** How a try to publish ends. `reason` is Russian, for staff. */
export type PublicationOutcome =
  | (Published & { state: 'published'; sent: unknown })
  /** The network does not take this content. */
  | { state: 'refused'; reason: string; sent: unknown; received: unknown }
  /** It may or may not have been published: read back before anything else. */
  | { state: 'unknown'; reason: string; sent: unknown; received: unknown }
  /** Only a person can go on: captcha, missing permission, refused token. */
  | { state: 'needs-person'; reason: string; sent: unknown; received: unknown }
  /** The original is not there any more. */
  | { state: 'gone'; reason: string; sent: unknown; received: unknown }
  /** Certainly not published. `afterMs`: milliseconds to wait; null leaves it to the back-off. */
  | { state: 'try-later'; reason: string; afterMs: number | null };

export interface Problem {
  rule: 'empty' | 'too-long' | 'markup' | 'placeholder' | 'link' | 'characters' | 'attachments';
  /** What is wrong and what to do, in Russian. */
  message: string;
}

export interface Preview {
  text: string;
  length: number;
  limit: number;
  attachments: string[];
  /** Names of attachments that the network will not show. */
  dropped: string[];
  /** Of a thread, its posts in order, each with the number it will carry. */
  posts?: string[];
}

/** A network does not accept our token: nothing works until an administrator replaces it. */
export class CredentialsRefused extends Error {
  override readonly name = 'CredentialsRefused';
}
