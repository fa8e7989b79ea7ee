import { dice } from './dice.ts';
import { moments, type Moment } from './moments.ts';

export type Victim = 'application' | 'broker' | 'postgres' | 'opensearch';

/** How often each is killed. */
export type Counts = Record<Victim, number>;

export interface Crash {
  victim: Victim;
  /** Of the application: all of its processes, or the one on whose wire the moment comes. */
  all: boolean;
  moment: Moment;
  /** The how manieth moment of its kind is meant, from now on. */
  nth: number;
  /** Steps of the run before the moment is waited for. */
  after: number;
  /** Steps of the run before the application is started again. */
  away: number;
}

/** What is killed, when: the application first, then the parts of the stack in mixed order. */
export function plan(seed: number, counts: Counts): Crash[] {
  const choose = dice(seed, 'plan');
  const parts = (['broker', 'postgres', 'opensearch'] as const).flatMap((victim) =>
    Array.from({ length: counts[victim] }, () => victim),
  );
  const victims: Victim[] = [
    ...Array.from({ length: counts.application }, () => 'application' as const),
    ...choose.shuffled(parts),
  ];
  const ofApplication = moments(choose, counts.application);
  const ofParts = moments(choose, parts.length, ['database', 'engine']);
  return victims.map((victim, index) => {
    const moment = ofApplication[index] ?? ofParts[index - counts.application]!;
    return {
      victim,
      all: choose.chance(0.4),
      moment,
      // Replies are few.
      nth: moment.line === 'network' ? 1 : choose.int(1, 4),
      after: choose.int(1, 6),
      away: choose.int(0, 4),
    };
  });
}
