import { DateTime, Duration } from 'luxon';
import { createCases, ZONE, type Cases } from './deadline-cases.ts';
import { libraries, type Library } from './deadline-libraries.ts';
import { round, type Line } from './line.ts';
import { rates, type Work } from './rates.ts';

const UNIT = 'deadlines/s';
const UTC = { zone: 'utc' };
const HOURS = 8;

/**
 * Deadlines of eight working hours, each from epoch milliseconds to epoch milliseconds, beside the
 * libraries that can add working time, each on the cases that it answers as we do: none of them knows
 * shortened days or working Saturdays, or says what was spent. `deadline` is the line beside the fastest.
 */
export async function deadlineLines(): Promise<Line[]> {
  process.env['TZ'] = ZONE;
  const cases = await createCases();
  const total = countOf(cases);
  const contests = libraries.map((library) => contest(library, cases));
  const fastest = contests.reduce((best, it) => (it.theirs > best.theirs ? it : best));
  const lines = contests.map((it) => ({
    name: it === fastest ? 'deadline' : `deadline, beside ${it.library.name}`,
    value: round(it.ours),
    unit: UNIT,
    ratio: round(it.ours / it.theirs),
    against: `${it.library.name}: ${round(it.theirs)} ${UNIT}`,
    note: `8 working hours, spent is read; the ${it.common} of ${total} cases that both answer the same`,
  }));
  const all = rates({
    read: ours(cases, HOURS, true),
    unread: ours(cases, HOURS, false),
    long: ours(cases, 10 * HOURS, true),
  });
  const everyCase = `all ${total} cases of ${cases.length} calendars`;
  return [
    ...lines,
    {
      name: 'deadline, every case',
      value: round(all.read),
      unit: UNIT,
      ratio: null,
      against: null,
      note: `8 working hours, spent is read; ${everyCase}`,
    },
    {
      name: 'deadline, every case, spent not read',
      value: round(all.unread),
      unit: UNIT,
      ratio: round(all.unread / all.read),
      against: 'deadline, every case',
      note: `8 working hours, spent is not read; ${everyCase}`,
    },
    {
      name: 'deadline, every case, 80 hours',
      value: round(all.long),
      unit: UNIT,
      ratio: round(all.long / all.read),
      against: 'deadline, every case',
      note: `80 working hours, spent is read; ${everyCase}`,
    },
  ];
}

/** Measures a library and us on what both answer the same. */
function contest(library: Library, cases: readonly Cases[]) {
  const common = cases.map((it) => {
    library.use(it);
    const isSame = (from: number) => library.deadline(from, HOURS) === due(it, from, HOURS);
    return { ...it, instants: it.instants.filter(isSame) };
  });
  const theirWork = (): number => {
    for (const it of common) {
      library.use(it);
      for (const from of it.instants) keep(library.deadline(from, HOURS));
    }
    return countOf(common);
  };
  const { ourRate, theirRate } = rates({
    ourRate: ours(common, HOURS, true),
    theirRate: theirWork,
  });
  return { library, common: countOf(common), ours: ourRate, theirs: theirRate };
}

function ours(cases: readonly Cases[], hours: number, isSpentRead: boolean): Work {
  const limit = Duration.fromObject({ hours });
  return () => {
    for (const { calendar, instants } of cases) {
      for (const from of instants) {
        const deadline = calendar.deadline(DateTime.fromMillis(from, UTC), limit);
        keep(deadline.due.toMillis());
        if (isSpentRead) keep(deadline.spent.length);
      }
    }
    return countOf(cases);
  };
}

const due = ({ calendar }: Cases, from: number, hours: number): number =>
  calendar.deadline(DateTime.fromMillis(from, UTC), Duration.fromObject({ hours })).due.toMillis();

const countOf = (cases: readonly Cases[]): number =>
  cases.reduce((sum, { instants }) => sum + instants.length, 0);

let kept = 0;
/** Uses a result, so that the engine cannot leave out the work. */
function keep(value: number): void {
  kept = (kept + value) % 1_000_003;
}
