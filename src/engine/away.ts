import { TryLater } from '../errors.ts';

/** The engine did not answer a call in time. */
export class EngineSilent extends TryLater {}

/** gRPC: deadline exceeded, resource exhausted, unavailable. */
const AWAY = new Set([4, 8, 14]);

/** Whether `error` says that the engine is away or busy for now, and not that it refuses the call. */
export function isEngineAway(error: unknown): boolean {
  if (error instanceof EngineSilent) return true;
  return error instanceof Error && AWAY.has((error as { code?: number }).code ?? 0);
}
