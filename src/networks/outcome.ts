import { log } from '../log.ts';
import { CallFailed } from './http.ts';
import { NetworkError } from './network-error.ts';
import { CredentialsRefused, type Network, type PublicationOutcome } from './port.ts';

/** What a failed call means for the publication; defects of ours are thrown on. */
export function outcomeOf(
  { code, name }: Pick<Network, 'code' | 'name'>,
  error: unknown,
  sent: unknown,
): PublicationOutcome {
  if (error instanceof CredentialsRefused) {
    log.error({ network: code, why: error.message }, 'no token');
    const reason = `Ключ доступа к сети «${name}» не задан. Сообщите администратору.`;
    return { state: 'needs-person', reason, sent, received: null };
  }
  if (error instanceof CallFailed) {
    const received = { failure: error.message };
    return error.sent
      ? {
          state: 'unknown',
          reason: `Связь прервалась, исход неизвестен (${error.message}).`,
          sent,
          received,
        }
      : {
          state: 'try-later',
          reason: `Сеть недоступна (${error.message}).`,
          afterMs: error.afterMs,
        };
  }
  if (!(error instanceof NetworkError)) throw error;
  const received = { error_code: error.code, error_msg: error.text };
  const reason = `${name}: ${error.reason} (ошибка ${error.code}: ${error.text}).`;
  switch (error.kind) {
    case 'rate':
      return { state: 'try-later', reason, afterMs: error.afterMs };
    case 'transient':
      return { state: 'unknown', reason, sent, received };
    case 'content':
      return { state: 'refused', reason, sent, received };
    case 'credentials':
      log.error({ network: code, why: error.message }, 'the network does not accept our token');
      return { state: 'needs-person', reason, sent, received };
    case 'permission':
    case 'human':
    case 'missing':
    case 'other':
      return { state: 'needs-person', reason, sent, received };
  }
}

/** Before the publishing call nothing can have been published. */
export function withoutDoubt(outcome: PublicationOutcome): PublicationOutcome {
  if (outcome.state !== 'unknown') return outcome;
  return { state: 'try-later', reason: outcome.reason, afterMs: null };
}

export function gone(sent: unknown, received: unknown): PublicationOutcome {
  return { state: 'gone', reason: 'Исходное сообщение удалено.', sent, received };
}
