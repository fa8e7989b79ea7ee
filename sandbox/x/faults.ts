import type { Faults } from '../faults.ts';
import {
  AUTOMATED,
  DUPLICATE,
  forbidden,
  NOT_MENTIONED,
  tooMany,
  unauthorized,
  XError,
} from './errors.ts';
import type { RateLimits } from './rate.ts';

const spoken = ['rate', 'captcha', 'permission', 'refused', 'credentials', 'error'] as const;

/** The fault that X would put into words, counted as used; undefined when none is set. */
export function spokenFault(
  faults: Faults,
  endpoint: string,
  limits: RateLimits,
): XError | undefined {
  const fault = faults.take(spoken, endpoint);
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case 'rate':
      return tooMany(limits.exhausted(endpoint));
    case 'captcha':
      return forbidden(AUTOMATED);
    case 'permission':
      return forbidden(NOT_MENTIONED);
    case 'refused':
      return forbidden(DUPLICATE);
    case 'credentials':
      return unauthorized();
    case 'error': {
      const status = fault?.code ?? 500;
      return new XError(status, { title: 'Error', detail: `Sandbox ${status}`, status });
    }
  }
}
