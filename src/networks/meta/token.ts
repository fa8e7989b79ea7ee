import { z } from 'zod';
import type { MetaClient } from './client.ts';

/** Unix seconds; 0: never. */
const seconds = z.number().optional();
const inspected = z.object({
  data: z.object({
    is_valid: z.boolean().default(true),
    expires_at: seconds,
    data_access_expires_at: seconds,
  }),
});

/** When the token stops working or loses its access to data; null: never, or nobody says. */
export async function tokenExpiresAt(
  client: MetaClient,
  signal?: AbortSignal,
): Promise<Date | null> {
  const answer = inspected.safeParse(await client.inspectToken(signal));
  if (!answer.success) return null;
  const { is_valid, expires_at, data_access_expires_at } = answer.data.data;
  if (!is_valid) return new Date(0);
  const times = [expires_at, data_access_expires_at].filter((time) => time);
  return times.length === 0 ? null : new Date(Math.min(...(times as number[])) * 1000);
}
