import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  keyOf,
  madeUpWeeks,
  movingWindow,
  pastOf,
  PLACES,
  TOPICS,
  type Happenings,
  type MadeUpSurge,
} from '../../../test/made-up-weeks.ts';
import { DEFAULT_SURGE, msOf } from '../../registry/surge.ts';
import { step, type Series } from './step.ts';

const STEP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const FROM = '2026-09-14';
/** Two weeks more than are compared with: all of them are whole. */
const HISTORY = (DEFAULT_SURGE.weeks + 2) * 7;
/** A month that is watched after the weeks of history. */
const WATCHED = 28;
const START = DateTime.fromISO(FROM, { zone: 'Europe/Moscow' }).toMillis() + HISTORY * DAY_MS;

interface Alert extends Series {
  at: number;
}

/** Watches the month as the detector does, every quarter of an hour; gives what it tells of. */
function watch(seed: number, happenings: Happenings, perDay?: number): Alert[] {
  const weeks = madeUpWeeks(seed, FROM, HISTORY + WATCHED, happenings, perDay);
  const window = msOf(DEFAULT_SURGE.window);
  const lastRaisedAt = new Map<string, Date>();
  const alerts: Alert[] = [];
  const moving = movingWindow(weeks);
  for (let now = START; now < START + WATCHED * DAY_MS; now += STEP_MS) {
    const counts = moving(now - window, now);
    const compared = [...weeks].flatMap(([key, { series }]) => {
      const last = lastRaisedAt.get(key) ?? null;
      const count = counts.get(key) ?? 0;
      if (count < DEFAULT_SURGE.least && last === null) return [];
      const past = pastOf(weeks, series, now - window, now, DEFAULT_SURGE.weeks);
      const whole = pastOf(
        weeks,
        series,
        now - window,
        now - window + 7 * DAY_MS,
        DEFAULT_SURGE.weeks + 1,
      );
      return [{ ...series, count, past, weeks: whole, lastRaisedAt: last }];
    });
    const verdicts = step(new Date(now), compared, DEFAULT_SURGE, TOPICS.length * PLACES.length);
    for (const { of, what } of verdicts) {
      if (what === 'begins') alerts.push({ ...of, at: now });
      if (what === 'begins' || what === 'goes on') lastRaisedAt.set(keyOf(of), new Date(now));
      if (what === 'ends') lastRaisedAt.delete(keyOf(of));
    }
  }
  return alerts;
}

/** Splits alerts into those of surges that happened, each once, and the others. */
function held(alerts: readonly Alert[], surges: readonly MadeUpSurge[]) {
  const left = [...alerts];
  const missed = surges.filter(({ at, hours, topic, municipality }) => {
    const from = DateTime.fromISO(at, { zone: 'Europe/Moscow' }).toMillis();
    const index = left.findIndex(
      (alert) =>
        keyOf(alert) === keyOf({ topic, municipality }) &&
        alert.at > from &&
        alert.at <= from + (hours + 1) * 3_600_000,
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missed, others: left };
}

const SURGES: MadeUpSurge[] = [
  // a heating failure on a winter evening; people write on in the morning, which is no second surge
  { topic: 'heating', municipality: 'vyazemsky', at: '2026-11-26T18:30', hours: 3, count: 40 },
  { topic: 'heating', municipality: 'vyazemsky', at: '2026-11-27T07:00', hours: 3, count: 18 },
  // a power cut in a quiet night
  { topic: 'energy', municipality: 'place-7', at: '2026-12-02T02:10', hours: 2, count: 13 },
  // a Saturday and a Sunday
  { topic: 'transport', municipality: 'roslavlsky', at: '2026-12-05T15:00', hours: 4, count: 30 },
  { topic: 'topic-3', municipality: 'place-2', at: '2026-12-13T11:00', hours: 2, count: 16 },
  // where much is written anyway
  { topic: 'heating', municipality: 'smolensk', at: '2026-12-09T19:00', hours: 3, count: 110 },
  // a holiday
  { topic: 'roads', municipality: 'yartsevsky', at: '2026-12-14T10:00', hours: 3, count: 24 },
];
/** The morning after belongs to the evening. */
const EXPECTED = SURGES.filter(({ at }) => at !== '2026-11-27T07:00');

const LIVES: { of: string; happenings: Happenings; perDay?: number }[] = [
  { of: 'ordinary months', happenings: { surges: SURGES } },
  {
    of: 'months with holidays, also among the weeks compared with',
    happenings: { surges: SURGES, holidays: ['2026-11-04', '2026-11-03', '2026-12-14'] },
  },
  {
    of: 'months of which a day is missing, before and within',
    happenings: { surges: SURGES, missing: ['2026-11-19', '2026-12-03'] },
  },
  {
    of: 'months in which a topic grows by a twentieth every week',
    happenings: { surges: SURGES, growth: { topic: 'roads', weekly: 1.05 } },
  },
  { of: 'a lively region', happenings: { surges: SURGES.slice(0, 5) }, perDay: 900 },
  { of: 'a quiet region', happenings: { surges: SURGES }, perDay: 100 },
];

/** Months of each kind; `SURGE_SEEDS=40` looks at more. */
const SEEDS = Array.from(
  { length: Number(process.env['SURGE_SEEDS'] ?? 3) },
  (_, index) => index + 1,
);

describe('The detector of surges over made-up months (clause 15)', () => {
  for (const { of, happenings, perDay } of LIVES) {
    it(`finds every surge of ${of}, each once, with at most one false alarm a month`, function () {
      this.timeout(300_000);
      const expected = EXPECTED.filter((surge) => happenings.surges?.includes(surge));
      for (const seed of SEEDS) {
        const { missed, others } = held(watch(seed, happenings, perDay), expected);
        expect(missed, `seed ${seed}: missed`).to.deep.equal([]);
        expect(others.length, `seed ${seed}: ${JSON.stringify(others)}`).to.be.at.most(1);
      }
    });
  }
});
