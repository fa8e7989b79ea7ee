import { isDatabaseAway } from '../db/away.ts';
import { isEngineAway } from '../engine/away.ts';
import { TryLater } from '../errors.ts';
import { NetworkError } from '../networks/network-error.ts';
import { CredentialsRefused } from '../networks/port.ts';

/** Of what we need ourselves, not of the network, whose errors may have the engine's numbers. */
export const isPartAway = (error: unknown): boolean =>
  !(error instanceof NetworkError) && (isDatabaseAway(error) || isEngineAway(error));

/** Why a network was not read, in Russian, for staff; null: that was no fault of the network. */
export function reasonOf(error: unknown): string | null {
  if (isPartAway(error)) return null;
  if (error instanceof CredentialsRefused)
    return `сеть не принимает ключ доступа (${error.message})`;
  if (error instanceof TryLater) {
    const what = error.afterMs === null ? 'сеть не отвечает' : 'сеть просит подождать';
    return `${what} (${error.message})`;
  }
  const told = (error as { reason?: unknown } | null)?.reason;
  if (error instanceof Error && typeof told === 'string') return `${told} (${error.message})`;
  return 'ответ сети не обработан, подробности в журнале программы';
}
