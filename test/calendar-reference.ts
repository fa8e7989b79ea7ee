import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DateTime, Duration } from 'luxon';

const region = fileURLToPath(new URL('../region/calendar', import.meta.url));
const MINUTE = 60_000;

const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
type Week = Partial<Record<(typeof NAMES)[number], string[]>>;
/** Working hours, as the region's YAML gives them. */
export interface Definition {
  zone: string;
  week: Week;
  shortenBy: string;
  days: Record<string, string[]>;
  observeHolidays: boolean;
}

/** The mark of each date that a production calendar lists: '', '*' or '+'. */
const marks = new Map<string, string>();
const mark = (year: number, month: number, day: number, sign: string) =>
  marks.set(new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10), sign);
for (const year of [2024, 2025, 2026]) {
  const file = JSON.parse(readFileSync(`${region}/ru-${year}.json`, 'utf8')) as {
    months: { month: number; days: string }[];
  };
  for (const { month, days } of file.months) {
    for (const day of days.split(',')) mark(year, month, parseInt(day), day.replace(/\d+/, ''));
  }
}
// Years without a file, by hand.
for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2028, 3, 1); at += 1440 * MINUTE) {
  const date = new Date(at);
  if ([0, 6].includes(date.getUTCDay())) marks.set(date.toISOString().slice(0, 10), '');
}
for (const year of [2027, 2028]) for (let day = 1; day <= 8; day++) mark(year, 1, day, '');
for (const day of '02-23 03-08 05-01 05-03 05-09 05-10 06-12 06-14 11-04'.split(' ')) {
  marks.set(`2027-${day}`, '');
}
for (const day of '02-22 04-30 06-11 11-03 12-31'.split(' ')) marks.set(`2027-${day}`, '*');
for (const [day, sign] of Object.entries({
  '02-22': '*',
  '02-23': '',
  '03-07': '*',
  '03-08': '',
})) {
  marks.set(`2028-${day}`, sign);
}

const isHoliday = (at: number) =>
  /-(01-0[1-8]|02-23|03-08|05-01|05-09|06-12|11-04)T/.test(new Date(at).toISOString());

/** For each minute of a local day, whether it is worked. */
function minutesOf(
  date: string,
  { week, shortenBy, days, observeHolidays }: Definition,
): boolean[] {
  const at = Date.parse(date);
  const weekday = new Date(at).getUTCDay();
  const sign = marks.get(date);
  const weekend = weekday === 0 || weekday === 6;
  const usual = week[NAMES[weekday]!] ?? [];
  const friday = [week.fri, week.thu, week.wed, week.tue, week.mon].find((h) => h?.length) ?? [];

  let texts = usual;
  let shortened = false;
  if (days[date]) {
    texts = days[date];
  } else if (observeHolidays) {
    const listed = sign === '' || sign === '+';
    if (listed && (!weekend || isHoliday(at))) texts = [];
    if (!listed && weekend && usual.length === 0) texts = friday;
    shortened = sign === '*' || (weekend && listed && isHoliday(at + 1440 * MINUTE));
  }

  const minutes = Array<boolean>(1440).fill(false);
  for (const text of texts) {
    const [from, to] = text.split('-').map((time) => {
      const [hour, minute] = time.split(':');
      return Number(hour) * 60 + Number(minute);
    });
    minutes.fill(true, from, to);
  }
  for (let left = shortened ? Duration.fromISO(shortenBy).as('minutes') : 0; left > 0; left--) {
    const last = minutes.lastIndexOf(true);
    if (last >= 0) minutes[last] = false;
  }
  return minutes;
}

/**
 * Working time told without the calendar: walks minute by minute and looks at the clock on the wall.
 * Instants are epoch milliseconds.
 */
export function createReference(definition: Definition) {
  const days = new Map<string, boolean[]>();
  let quarter = NaN;
  let wall = { date: '', minute: 0 };

  function isWorking(at: number): boolean {
    // No zone changes its clocks inside a quarter of an hour.
    const start = Math.floor(at / (15 * MINUTE)) * 15 * MINUTE;
    if (start !== quarter) {
      const local = DateTime.fromMillis(start, { zone: definition.zone });
      quarter = start;
      wall = { date: local.toISODate()!, minute: local.hour * 60 + local.minute };
    }
    let minutes = days.get(wall.date);
    if (!minutes) days.set(wall.date, (minutes = minutesOf(wall.date, definition)));
    return minutes[wall.minute + Math.floor((at - start) / MINUTE)]!;
  }

  return {
    isWorking,
    deadline(from: number, minutes: number): number {
      let at = from;
      for (let left = minutes * MINUTE; left > 0;) {
        const working = isWorking(at);
        const minuteLeft = MINUTE - (at % MINUTE);
        const step = working ? Math.min(minuteLeft, left) : minuteLeft;
        if (working) left -= step;
        at += step;
      }
      return at;
    },
    warning(from: number, minutes: number): number {
      let at = this.deadline(from, minutes);
      while (!isWorking(at)) at += MINUTE - (at % MINUTE);
      return at;
    },
  };
}
