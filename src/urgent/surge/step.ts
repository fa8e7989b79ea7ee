import { msOf, type SurgeSettings } from '../../registry/surge.ts';
import { chanceOf, judge, type Counts, type Judgement } from './judge.ts';

/** Messages on one topic from one municipality; null: not known. */
export interface Series {
  topic: string | null;
  municipality: string | null;
}

/** A series whose window may be out of the ordinary. */
export interface Compared extends Series, Counts {
  /** Of the surge that goes on; null: none does. */
  lastRaisedAt: Date | null;
}

export interface Verdict<S extends Compared> {
  of: S;
  judgement: Judgement;
  what: 'begins' | 'goes on' | 'ends' | 'nothing';
}

/**
 * What becomes of each series at `now` (clause 15). A surge begins once and goes on until nothing
 * unusual has come for `calm`. Messages on a topic whose place nobody named begin none while a surge
 * of that topic goes on or begins somewhere: they are most likely about the same. `series` is how many
 * could be looked at in the whole region.
 */
export function step<S extends Compared>(
  now: Date,
  compared: readonly S[],
  settings: SurgeSettings,
  series: number,
): Verdict<S>[] {
  const chance = chanceOf(settings.falseAlarms, series, msOf(settings.window));
  const verdicts = compared.map((of): Verdict<S> => {
    const judgement = judge(of, settings, chance);
    return { of, judgement, what: whatBecomes(now, of, judgement, msOf(settings.calm)) };
  });
  const lively = new Set(
    verdicts.flatMap(({ of, what }) =>
      of.municipality !== null && (what === 'begins' || what === 'goes on') ? [of.topic] : [],
    ),
  );
  return verdicts.map((verdict) =>
    verdict.what === 'begins' && verdict.of.municipality === null && lively.has(verdict.of.topic)
      ? { ...verdict, what: 'nothing' }
      : verdict,
  );
}

function whatBecomes(
  now: Date,
  { lastRaisedAt }: Compared,
  { surge, raised }: Judgement,
  calmMs: number,
): Verdict<Compared>['what'] {
  if (lastRaisedAt === null) return surge ? 'begins' : 'nothing';
  if (raised) return 'goes on';
  return now.getTime() - lastRaisedAt.getTime() > calmMs ? 'ends' : 'nothing';
}
