/** What X's headers say of the calls left, by endpoint. */
export interface Allowance {
  /** Milliseconds until `endpoint` may be called again; 0: now. */
  waitMs(endpoint: string): number;
  /** Takes the headers of an answer in; returns milliseconds until the exhausted limits are renewed. */
  note(endpoint: string, headers: Headers): number | null;
}

/** A window of 15 minutes for every endpoint, and a day's limits of the user and of the application. */
const WINDOWS = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour'];

/** The instants are X's: they are compared with X's own date, not with this machine's clock. */
export function createAllowance(): Allowance {
  const free = new Map<string, number>();
  return {
    waitMs: (endpoint) => Math.max(0, (free.get(endpoint) ?? 0) - performance.now()),
    note(endpoint, headers) {
      const date = headers.get('date');
      const now = date === null ? Date.now() : Date.parse(date);
      const waits = WINDOWS.filter((window) => headers.get(`${window}-remaining`) === '0')
        .map((window) => Number(headers.get(`${window}-reset`) ?? Number.NaN) * 1000 - now)
        .filter(Number.isFinite);
      if (waits.length === 0) return null;
      // The date is cut to the second: one more keeps clear of the edge.
      const wait = Math.max(0, ...waits) + 1000;
      free.set(endpoint, performance.now() + wait);
      return wait;
    },
  };
}
