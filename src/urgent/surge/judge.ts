import type { SurgeSettings } from '../../registry/surge.ts';
import { tail } from './tail.ts';
import { growthOf, usualOf, type Usual } from './usual.ts';

export interface Judgement {
  usual: Usual | null;
  /** Begins a surge. */
  surge: boolean;
  /** Above what is usual: a surge that has begun goes on. */
  raised: boolean;
}

/** How much days differ: by almost a third, see `tail`. */
const SIZE = 12;
/** A quiet night is not proof that nothing ever comes. */
const FLOOR = 0.5;
/** One window in so many is that lively by chance. */
const RAISED = 0.02;
/** Fewer weeks say nothing about what is usual. */
const FEWEST_WEEKS = 2;

/** What a window is held against. */
export interface Counts {
  /** Messages in the window that ends now. */
  count: number;
  /** In the same hours of the weeks before, the latest first. */
  past: readonly number[];
  /** In the seven days up to the window, and in those of the weeks before. */
  weeks: readonly number[];
}

/**
 * Whether so many messages in a window are a surge against the same hours of the weeks before
 * (clause 15): at least `least`, at least `times` what is usual, and too many for chance; `chance` is
 * what one window may contribute to false alarms. What grows from week to week is usual. As long as
 * there are no weeks to compare with, it takes `least * times`.
 */
export function judge(
  { count, past, weeks }: Counts,
  { least, times }: Pick<SurgeSettings, 'least' | 'times'>,
  chance: number,
): Judgement {
  const usual = usualOf(past);
  if (usual === null || past.length < FEWEST_WEEKS) {
    return { usual, surge: count >= least * times, raised: count >= least };
  }
  const likely = usual.mean * growthOf(weeks);
  // The mean of few weeks is uncertain: by one standard error more is still usual.
  const mean = Math.max(likely + Math.sqrt(likely / past.length), FLOOR);
  const unlikely = tail(count, mean, SIZE);
  return {
    usual,
    surge: count >= least && count >= times * mean && unlikely < chance,
    raised: count > mean && unlikely < RAISED,
  };
}

const MONTH_MS = 30 * 86_400_000;

/** What one window of one series may contribute to `falseAlarms` a month. */
export const chanceOf = (falseAlarms: number, series: number, windowMs: number): number =>
  falseAlarms / (series * (MONTH_MS / windowMs));
