/** What a row of daily or monthly figures is told by, besides its day or month. */
export const KEYS = ['scope', 'grp', 'network', 'topic', 'municipality'] as const;

/** The counts of a row; `_late` are those of the same kind that came too late. */
export const COUNTS = [
  'received',
  'answered',
  'returns',
  'returns_late',
  'rework',
  'shortcomings',
  'clause6',
  'clause6_late',
  'clause8',
  'clause8_late',
  'clause9',
  'clause9_late',
] as const;
