import type { Faults } from '../faults.ts';
import { OkError } from './errors.ts';

export const ADD_COMMENT = 'discussions.addDiscussionComment';

const spoken = ['rate', 'captcha', 'permission', 'refused', 'credentials', 'error'] as const;

/** The fault that OK would put into words, counted as used; undefined when none is set. */
export function spokenFault(faults: Faults, method: string): OkError | undefined {
  const fault = faults.take(spoken, method);
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case 'rate':
      return new OkError(11);
    case 'captcha':
      return new OkError(514);
    case 'permission':
      return new OkError(fault?.code ?? (method === ADD_COMMENT ? 456 : 10));
    case 'refused':
      return new OkError(454);
    case 'credentials':
      return new OkError(102);
    case 'error':
      return new OkError(fault?.code ?? 9999);
  }
}
