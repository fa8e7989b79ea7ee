import { DateTime } from 'luxon';
import { log } from '../log.ts';
import type { Network } from '../networks/port.ts';

const AHEAD_DAYS = 7;

/** Warns in the log of tokens that stop working within a week; a network that is away is left out. */
export async function warnOfExpiry(
  networks: readonly Pick<Network, 'code' | 'tokenExpiresAt'>[],
  now: DateTime,
  signal?: AbortSignal,
): Promise<void> {
  for (const { code, tokenExpiresAt } of networks) {
    try {
      const expiresAt = (await tokenExpiresAt?.(signal)) ?? null;
      if (expiresAt === null || DateTime.fromJSDate(expiresAt) > now.plus({ days: AHEAD_DAYS })) {
        continue;
      }
      log.warn({ network: code, expiresAt }, 'the token of the network expires: replace it');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.warn({ network: code, why }, 'not known when the token expires');
    }
  }
}
