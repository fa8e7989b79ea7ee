/** What is wrong in a region's files and what is allowed; `line` and `column` count from 1. */
export interface Fault {
  file: string;
  line: number;
  column?: number;
  message: string;
}

/** A place in the data of a file: keys and indices from its root. */
export type Path = readonly (string | number)[];

/** A fault before its line is known. */
export interface Finding {
  path: Path;
  message: string;
}

/** `region/smolensk/agencies.yaml:12: …` */
export const formatFault = ({ file, line, message }: Fault): string =>
  `${file}:${line}: ${message}`;
