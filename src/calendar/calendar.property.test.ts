import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import { createReference, type Definition } from '../../test/calendar-reference.ts';
import { createCalendar, loadProductionYears } from './calendar.ts';

const region = fileURLToPath(new URL('../../region/calendar', import.meta.url));
const years = loadProductionYears(region);
const MINUTE = 60_000;

// What is generated.

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const hours = fc.oneof(
  fc.constantFrom<string[][]>([], ['09:00-13:00', '14:00-18:00'], ['00:00-24:00'], ['16:00-24:00']),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 7 })
    .map((minutes) => minutes.sort((a, b) => a - b))
    .map((minutes) =>
      minutes.flatMap((end, i) => (i % 2 ? [`${time(minutes[i - 1]!)}-${time(end)}`] : [])),
    ),
);
const zone = fc.constantFrom(
  ...['Europe/Moscow', 'Asia/Novosibirsk', 'America/New_York', 'Europe/Berlin'],
  // clocks that change by half an hour, at midnight, twice around Ramadan
  ...['Australia/Lord_Howe', 'America/Havana', 'Asia/Beirut', 'Africa/Casablanca'],
);
const from = fc
  .oneof(
    fc.integer({ min: Date.UTC(2024, 0, 2) / MINUTE, max: Date.UTC(2027, 11, 31) / MINUTE }),
    // around the days on which something happens
    fc
      .tuple(
        fc.constantFrom(
          ...['2024-04-27', '2024-11-02', '2025-03-08', '2025-11-01', '2026-03-07', '2026-11-01'],
          ...['2025-12-30', '2026-12-30', '2027-04-30', '2026-10-24', '2025-03-29', '2026-02-14'],
        ),
        fc.integer({ min: -2880, max: 2880 }),
      )
      .map(([date, offset]) => Date.parse(date) / MINUTE + offset),
  )
  .map((minute) => minute * MINUTE);
const limit = fc.integer({ min: 1, max: 20 * 60 });

const situation = fc
  .record({
    zone,
    // one weekday of some length keeps the walk short
    week: fc
      .record(
        { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
        { requiredKeys: [] },
      )
      .map((week): Definition['week'] => ({ ...week, wed: ['10:00-13:30', '14:00-19:00'] })),
    shortenBy: fc.constantFrom('PT1H', 'PT1H30M', 'PT15M'),
    days: fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), hours), { maxLength: 3 }),
    observeHolidays: fc.boolean(),
    from,
    limit,
  })
  .map(({ from, limit, days, ...rest }) => {
    const dated = days.map(([after, hours]): [string, string[]] => [
      new Date(from + after * 1440 * MINUTE).toISOString().slice(0, 10),
      hours,
    ]);
    const definition: Definition = { ...rest, days: Object.fromEntries(dated) };
    return { definition, from, limit };
  });

const at = (ms: number) => DateTime.fromMillis(ms, { zone: 'Asia/Tokyo' });
const minutes = (count: number) => Duration.fromObject({ minutes: count });

describe('a calendar, whatever its hours, zone and instant', () => {
  it('gives the deadline and the warning that walking minute by minute gives', () => {
    fc.assert(
      fc.property(situation, ({ definition, from, limit }) => {
        const calendar = createCalendar(definition, years);
        const reference = createReference(definition);
        const { due } = calendar.deadline(at(from), minutes(limit));
        expect(due.toISO()).to.equal(at(reference.deadline(from, limit)).toUTC().toISO());
        const warning = calendar.warning(at(from), minutes(limit));
        expect(warning.toISO()).to.equal(at(reference.warning(from, limit)).toUTC().toISO());
      }),
      { numRuns: 150 },
    );
  });

  it('is open when the clock on the wall says so', () => {
    fc.assert(
      fc.property(situation, fc.array(from, { minLength: 20, maxLength: 20 }), (one, instants) => {
        const calendar = createCalendar(one.definition, years);
        const reference = createReference(one.definition);
        for (const instant of instants) {
          expect(calendar.isWorking(at(instant))).to.equal(reference.isWorking(instant));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('spends exactly the limit, in ordered disjoint stretches of working time', () => {
    fc.assert(
      fc.property(situation, fc.nat(59_999), ({ definition, from, limit }, ms) => {
        const calendar = createCalendar(definition, years);
        const start = at(from + ms);
        const working = minutes(limit).plus(ms);
        const { due, spent } = calendar.deadline(start, working);
        expect(calendar.elapsed(start, due).toMillis()).to.equal(working.toMillis());
        expect(calendar.elapsed(start, due.minus(1)).toMillis()).to.equal(working.toMillis() - 1);
        expect(calendar.elapsed(due, start).toMillis()).to.equal(-working.toMillis());

        let sum = 0;
        let previous = start.toMillis() - 1;
        for (const { start: opened, end: closed } of spent) {
          expect(opened).to.be.greaterThan(previous);
          const worked = calendar.elapsed(at(opened), at(closed)).toMillis();
          expect(worked).to.equal(closed - opened);
          sum += worked;
          previous = closed;
        }
        expect(sum).to.equal(working.toMillis());
        expect(previous).to.equal(due.toMillis());
      }),
      { numRuns: 80 },
    );
  });

  it('never gives an earlier deadline for a later start or a longer limit', () => {
    fc.assert(
      fc.property(situation, from, limit, ({ definition, ...one }, otherFrom, otherLimit) => {
        const calendar = createCalendar(definition, years);
        const due = (start: number, count: number) =>
          calendar.deadline(at(start), minutes(count)).due.toMillis();
        const [early, late] = [Math.min(one.from, otherFrom), Math.max(one.from, otherFrom)];
        const [short, long] = [Math.min(one.limit, otherLimit), Math.max(one.limit, otherLimit)];
        expect(due(early, one.limit)).to.be.at.most(due(late, one.limit));
        expect(due(one.from, short)).to.be.at.most(due(one.from, long));
      }),
      { numRuns: 80 },
    );
  });

  it('warns strictly inside working time, not before the deadline of its limit', () => {
    fc.assert(
      fc.property(situation, ({ definition, from, limit }) => {
        const calendar = createCalendar(definition, years);
        const warning = calendar.warning(at(from), minutes(limit));
        expect(calendar.isWorking(warning)).to.be.true;
        expect(calendar.elapsed(at(from), warning).as('minutes')).to.equal(limit);
        expect(calendar.elapsed(warning, warning.plus(1)).toMillis()).to.equal(1);
      }),
      { numRuns: 80 },
    );
  });
});
