/** What came in the same hours of the weeks before. */
export interface Usual {
  /** The middle half of the weeks lies between these two, whole messages. */
  low: number;
  high: number;
  /** Of the weeks, without what stands out. */
  mean: number;
}

/** Robust deviations beyond which a week is an exception: an earlier surge, a day of rallies. */
const EXCEPTION = 3;
/** Makes the median of deviations one standard deviation of the normal distribution. */
const MAD = 1.4826;

/**
 * What is usual by the counts of `past` weeks, the latest first; null when there are none. A week that
 * stands out counts as the highest that does not, so that neither an old surge nor a day without data
 * decides what is usual.
 */
export function usualOf(past: readonly number[]): Usual | null {
  if (past.length === 0) return null;
  const middle = quantile(past, 0.5);
  const spread = quantile(
    past.map((count) => Math.abs(count - middle)),
    0.5,
  );
  const most = middle + EXCEPTION * Math.max(1, MAD * spread, Math.sqrt(middle));
  const usual = past.map((count) => Math.min(count, most));
  return {
    low: Math.round(quantile(past, 0.25)),
    high: Math.round(quantile(past, 0.75)),
    mean: meanOf(usual),
  };
}

/** Of few messages little can be said. */
const FEW = 10;

/** How much livelier the latest of these weeks was for sure than those before, at least one. */
export function growthOf([latest = 0, ...before]: readonly number[]): number {
  const usual = usualOf(before)?.mean ?? 0;
  return Math.max(1, (latest - Math.sqrt(latest) + FEW) / (usual + FEW));
}

const meanOf = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / counts.length;

function quantile(counts: readonly number[], share: number): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? 0) - below);
}
