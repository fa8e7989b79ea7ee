import type { VkOptions } from '../options.ts';
import type { Params } from '../params.ts';
import type { SocialStore } from '../../social/store.ts';
import type { View } from '../view.ts';

export type TokenType = 'user' | 'group';

export interface Call {
  params: Params;
  token: TokenType;
}

export interface Method {
  name: string;
  /** Kinds of token VK's schema allows; others get error 27. */
  tokens: readonly TokenType[];
  /** Returns what goes into `response`; throws VkError. */
  run(call: Call): unknown;
}

export interface MethodDeps {
  store: SocialStore;
  view: View;
  options: VkOptions;
  base: () => string;
}

/** The id under which a token acts: the administrator, or the official group with a minus. */
export function actor(call: Call, options: VkOptions): number {
  return call.token === 'user' ? options.admin.id : -options.official.id;
}
