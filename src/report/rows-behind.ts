import type {
  AgencyFigures,
  MonthlyRow,
  MonthlyRows,
  MonthlySnapshot,
  Section,
  Sheet,
} from '../procedure/monthly.ts';
import { nameIn } from './names.ts';
import { DECISIONS } from './rows.ts';

/** Which rows a figure counts; `cell` decides on it, null: it is enough that the row is there. */
export interface Counting {
  sheet: Sheet;
  cell: string | null;
  counts: (row: MonthlyRow) => boolean;
}

type AgencyFigure = Exclude<keyof AgencyFigures, 'agency' | 'name' | 'shortName'>;

const every = (sheet: Sheet): Counting => ({ sheet, cell: null, counts: () => true });
const having = (sheet: Sheet, cell: string, ...values: MonthlyRow[string][]): Counting => ({
  sheet,
  cell,
  counts: (row) => values.includes(row[cell] ?? null),
});
const late: Counting = {
  sheet: 'drafts',
  cell: 'latenessMs',
  counts: ({ latenessMs }) => latenessMs !== null,
};

const BY_AGENCY: Record<AgencyFigure, Counting> = {
  received: every('assignments'),
  answered: every('drafts'),
  inTime: having('drafts', 'inTime', true),
  latenessMs: late,
  longestLatenessMs: late,
  late: every('misses'),
  outstanding: having('misses', 'outstanding', true),
  returns: every('returns'),
  lateReturns: having('returns', 'late', true),
  acceptedReturns: having('returns', 'decision', DECISIONS.redirect, DECISIONS.drop),
  reworkRounds: every('reworks'),
  shortcomings: every('shortcomings'),
  instructions: having('measures', 'decision', DECISIONS.instruction),
  measures: having('measures', 'decision', DECISIONS.measure),
};

/** The rows that a figure of an agency counts. */
export function rowsBehind(rows: MonthlyRows, agency: string, figure: AgencyFigure): MonthlyRow[] {
  const { sheet, counts } = BY_AGENCY[figure];
  return rows[sheet].filter((row) => row.agency === agency && counts(row));
}

/** What the figure with this code counts; codes are those of {@link flatFigures}. */
export function countingOf(figure: string, names: MonthlySnapshot['names']): Counting {
  const [kind, of = '', code = ''] = figure.split('|');
  if (kind === 'agency') {
    const { counts, ...counting } = BY_AGENCY[code as AgencyFigure];
    return { ...counting, counts: (row) => row.agency === of && counts(row) };
  }
  if (kind === 'structure') return having('messages', of, nameIn(names)(of as Section, code));
  return every(kind === 'answered' ? 'publications' : 'messages');
}
