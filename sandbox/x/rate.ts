const WINDOW = 15 * 60;

export interface Allowance {
  headers: Record<string, string>;
  /** No call was left. */
  over: boolean;
}

/** Counts the calls of an endpoint in windows of 15 minutes; `clock` gives unix seconds. */
export function createRateLimits(
  limits: Record<string, number> | null,
  clock: () => number = () => Math.floor(Date.now() / 1000),
) {
  const windows = new Map<string, { until: number; used: number }>();
  return {
    take(endpoint: string): Allowance {
      const limit = limits?.[endpoint];
      if (limit === undefined) return { headers: {}, over: false };
      const now = clock();
      const running = windows.get(endpoint);
      const window = running && running.until > now ? running : { until: now + WINDOW, used: 0 };
      windows.set(endpoint, window);
      const over = window.used >= limit;
      if (!over) window.used += 1;
      return { over, headers: headersOf(limit, limit - window.used, window.until) };
    },
    /** The headers of a limit that is exhausted, whether it is or not. */
    exhausted: (endpoint: string): Record<string, string> =>
      headersOf(limits?.[endpoint] ?? 100, 0, clock() + WINDOW),
    reset: () => windows.clear(),
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;

function headersOf(limit: number, remaining: number, reset: number): Record<string, string> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(reset),
  };
}
