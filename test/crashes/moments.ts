import type { Dice } from './dice.ts';
import type { Direction } from './wire.ts';

/** The lines on which the application speaks with its world. */
export type Line = 'database' | 'engine' | 'network' | 'mail';

/** A moment at which a crash is worth trying, told by what passes a wire. */
export interface Moment {
  name: string;
  line: Line;
  direction: Direction;
  sign: RegExp;
}

/** The piece that betrays the moment does not arrive: what was to be done, or what was done, is not told. */
const MOMENTS: readonly Moment[] = [
  {
    name: 'a statement does not reach PostgreSQL',
    line: 'database',
    direction: 'request',
    sign: /insert into|update /i,
  },
  {
    name: 'a transaction is not committed',
    line: 'database',
    direction: 'request',
    sign: /COMMIT/,
  },
  {
    name: 'a transaction is committed, and the application does not learn it',
    line: 'database',
    direction: 'answer',
    sign: /COMMIT/,
  },
  {
    name: 'jobs are handed out, and nobody gets them',
    line: 'engine',
    direction: 'answer',
    sign: /Id"/,
  },
  {
    name: 'a job is done, and the engine does not learn it',
    line: 'engine',
    direction: 'request',
    sign: /\{["}]/,
  },
  {
    name: 'a reply does not reach the network',
    line: 'network',
    direction: 'request',
    sign: /wall\.createComment/,
  },
  {
    name: 'a reply is published, and the application does not learn it',
    line: 'network',
    direction: 'answer',
    sign: /"comment_id"/,
  },
  {
    name: 'a mail is announced and not sent',
    line: 'mail',
    direction: 'request',
    sign: /DATA/,
  },
  {
    name: 'a mail is taken, and the application does not learn it',
    line: 'mail',
    direction: 'answer',
    sign: /OK: mail/,
  },
];

/** `count` moments: of each kind as many as of any other, in an order of the dice's choice. */
export function moments(dice: Dice, count: number, lines?: readonly Line[]): Moment[] {
  const kinds = MOMENTS.filter(({ line }) => lines?.includes(line) ?? true);
  const rounds = Array.from({ length: Math.ceil(count / kinds.length) }, () =>
    dice.shuffled(kinds),
  );
  return rounds.flat().slice(0, count);
}
