/**
 * Allows `perSecond` calls in any second of real time for a key; `clock` gives milliseconds.
 * Returns true when one more call is over the limit; a refused call does not count.
 */
export function createRateLimit(
  clock: () => number = () => performance.now(),
): (key: string, perSecond: number) => boolean {
  const calls = new Map<string, number[]>();
  return (key, perSecond) => {
    const now = clock();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < 1000);
    const over = recent.length >= perSecond;
    if (!over) recent.push(now);
    calls.set(key, recent);
    return over;
  };
}
