import type { Faults } from '../faults.ts';
import { GraphError } from './errors.ts';

const spoken = ['rate', 'captcha', 'permission', 'refused', 'credentials', 'error'] as const;

/** The fault that the Graph API would put into words, counted as used; undefined when none is set. */
export function spokenFault(faults: Faults, operation: string): GraphError | undefined {
  const fault = faults.take(spoken, operation);
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case 'rate':
      return new GraphError(4);
    case 'captcha':
      return new GraphError(368);
    case 'permission':
      return new GraphError(fault?.code ?? 200);
    case 'refused':
      return new GraphError(100, 'Message is not allowed');
    case 'credentials':
      return new GraphError(190, 'Error validating access token: Session has expired', 463);
    case 'error':
      return new GraphError(fault?.code ?? 2, undefined, fault?.subcode);
  }
}
