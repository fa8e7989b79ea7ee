import { TryLater } from '../../errors.ts';
import { log } from '../../log.ts';
import { CallFailed } from '../http.ts';
import { CredentialsRefused, type PublicationOutcome } from '../port.ts';
import { XError } from './errors.ts';

export function gone(sent: unknown, received: unknown): PublicationOutcome {
  return { state: 'gone', reason: 'Исходное сообщение удалено.', sent, received };
}

/** What a failed call means for the publication; defects of ours are thrown on. */
export function outcomeOf(error: unknown, sent: unknown): PublicationOutcome {
  if (error instanceof CredentialsRefused) {
    log.error({ network: 'x', why: error.message }, 'no keys, or refused');
    const reason = 'Ключи доступа к X не заданы или не приняты. Сообщите администратору.';
    return { state: 'needs-person', reason, sent, received: null };
  }
  if (error instanceof TryLater) {
    return {
      state: 'try-later',
      reason: `Сеть недоступна (${error.message}).`,
      afterMs: error.afterMs,
    };
  }
  if (error instanceof CallFailed) {
    return error.sent
      ? {
          state: 'unknown',
          reason: `Связь прервалась, исход неизвестен (${error.message}).`,
          sent,
          received: { failure: error.message },
        }
      : {
          state: 'try-later',
          reason: `Сеть недоступна (${error.message}).`,
          afterMs: error.afterMs,
        };
  }
  if (!(error instanceof XError)) throw error;
  const received = { status: error.status, detail: error.text };
  const reason = `X: ${error.reason} (HTTP ${error.status}${error.text && `: ${error.text}`}).`;
  switch (error.kind) {
    case 'rate':
      return { state: 'try-later', reason, afterMs: error.afterMs };
    case 'transient':
      return { state: 'unknown', reason, sent, received };
    case 'content':
    case 'duplicate':
      return { state: 'refused', reason, sent, received };
    case 'credentials':
      log.error({ network: 'x', why: error.message }, 'the network does not accept our keys');
      return { state: 'needs-person', reason, sent, received };
    case 'permission':
    case 'human':
    case 'other':
      return { state: 'needs-person', reason, sent, received };
  }
}

/** Before the publishing call nothing can have been published. */
export function withoutDoubt(outcome: PublicationOutcome): PublicationOutcome {
  if (outcome.state !== 'unknown') return outcome;
  return { state: 'try-later', reason: outcome.reason, afterMs: null };
}
