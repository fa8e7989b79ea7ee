import type { LocalDate } from './local-date.ts';

/** What a year changes in anybody's week: holidays, transfers, shortened days. */
export interface ProductionYear {
  readonly year: number;
  /** False when computed by the Labour Code's rules, the official transfers being unknown. */
  readonly official: boolean;
  /** Holidays and days off by transfer; not ordinary weekends, which each agency's week decides. */
  readonly daysOff: ReadonlySet<LocalDate>;
  readonly shortened: ReadonlySet<LocalDate>;
  /** Saturdays (a Sunday is possible) on which everyone works instead of a transferred day off. */
  readonly workingWeekends: ReadonlySet<LocalDate>;
}
