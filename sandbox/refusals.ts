/** Counts refusals still to be made: the next N, or (null) all until switched off. */
export interface Refusals {
  readonly left: number | null;
  /** `times`: how many to refuse; null: until switched off; 0: none. */
  set(times: number | null): void;
  /** True when this one is to be refused. */
  take(): boolean;
}

export function createRefusals(): Refusals {
  let left: number | null = 0;
  return {
    get left() {
      return left;
    },
    set: (times) => void (left = times),
    take() {
      if (left === null) return true;
      if (left <= 0) return false;
      left -= 1;
      return true;
    },
  };
}

/** Reads `{refuse: N | null}` of a request's body (JSON or form; an empty form field is null). */
export function refuseOf(body: unknown): number | null {
  const value = (body as { refuse?: unknown } | undefined)?.refuse;
  if (value === null || value === '') return null;
  const times = Number(value);
  if (!Number.isInteger(times) || times < 0) {
    throw new RangeError('refuse: a whole number from 0, or null for "until switched off"');
  }
  return times;
}
