/** One figure. */
export interface Line {
  name: string;
  value: number;
  unit: string;
  /** `value` divided by that of `against`; null when there is nothing to hold it against. */
  ratio: number | null;
  against: string | null;
  /** What was measured, in words. */
  note: string;
}

export const round = (value: number): number => Number(value.toPrecision(4));
