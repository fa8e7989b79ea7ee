/** The figures of a month by agency (clause 14): how executors kept the Procedure. */
export interface AgencyFigures {
  agency: string;
  name: string;
  shortName: string;
  received: number;
  answered: number;
  inTime: number;
  /** Plain time by which the answers of the month were late, all together and at most; milliseconds. */
  latenessMs: number;
  longestLatenessMs: number;
  /** Limits of clause 6 that ran out in the month. */
  late: number;
  /** Those of them that nobody had met by the month's end. */
  outstanding: number;
  returns: number;
  lateReturns: number;
  acceptedReturns: number;
  reworkRounds: number;
  shortcomings: number;
  instructions: number;
  measures: number;
}

/** By what the structure of the information is told. */
export type Section = 'topic' | 'network' | 'municipality' | 'kind';

/** The figures of a month (clause 14); `structure` counts messages by topic, network and so on. */
export interface MonthlyFigures {
  month: string;
  messages: number;
  answered: number;
  byAgency: AgencyFigures[];
  structure: Record<Section, Record<string, number>>;
}

/** What is kept of every figure: the rows that it counts. Instants are ISO, durations milliseconds. */
export interface MonthlyRow {
  id: string;
  /** Code; null: of the whole region. */
  agency: string | null;
  [cell: string]: string | number | boolean | null;
}

export type Sheet =
  | 'messages'
  | 'publications'
  | 'assignments'
  | 'drafts'
  | 'misses'
  | 'returns'
  | 'reworks'
  | 'shortcomings'
  | 'measures';
export type MonthlyRows = Record<Sheet, MonthlyRow[]>;

/** A figure of a closed month that facts which came later have changed. */
export interface MonthlyCorrection {
  /** The closed month. */
  month: string;
  /** Code of the figure. */
  figure: string;
  /** The figure as people read it. */
  name: string;
  before: number;
  after: number;
  /** The facts that changed it. */
  facts: string[];
  /** ISO: when the change was found. */
  foundAt: string;
}

/** All that the documents of a month say; nothing else is read to print them. */
export interface MonthlySnapshot {
  month: string;
  region: string;
  zone: string;
  /** ISO: the instant that the figures are of. */
  at: string;
  /** Printed before the month was closed. */
  preliminary: boolean;
  figures: MonthlyFigures;
  /** The month before and the same month a year before; null: nothing was recorded then. */
  previous: MonthlyFigures | null;
  yearBefore: MonthlyFigures | null;
  names: Record<Section, Record<string, string>>;
  /** Posts. */
  addressee: string;
  signer: string;
  corrections: MonthlyCorrection[];
}
