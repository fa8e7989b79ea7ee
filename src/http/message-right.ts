import type { Response } from 'express';
import type { Principal } from '../access/principal.ts';

/** In whose right a message's page is asked for, and what it may do. */
export interface Right {
  /** Null: somebody with a signed link. */
  principal: Principal | null;
  withdraw: boolean;
  /** False: the address holds a key that other sites do not know. */
  needsToken: boolean;
}

export const rightIn = (response: Response): Right => response.locals['right'] as Right;
