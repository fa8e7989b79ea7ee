import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DateTime, Duration } from 'luxon';
import { InputError } from '../errors.ts';
import {
  createCalendar,
  defaultHours,
  loadProductionYears,
  type CalendarDefinition,
  type Interval,
} from './calendar.ts';

const years = loadProductionYears(fileURLToPath(new URL('../../region/calendar', import.meta.url)));
const calendarOf = (changes: Partial<CalendarDefinition> = {}) =>
  createCalendar({ ...defaultHours, ...changes }, years);
const standard = calendarOf();

const zoned = (text: string, zone: string) => {
  const at = DateTime.fromISO(text, { zone });
  if (!at.isValid) throw new Error(`${text} ${zone}`);
  return at;
};
const moscow = (text: string) => zoned(text, 'Europe/Moscow');
const local = (at: DateTime, zone = 'Europe/Moscow') =>
  at.setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm");
const iso = ({ start, end }: Interval) =>
  `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
const limit = (text: string) => Duration.fromISO(text);
const whole = (hours: string) =>
  Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [hours]]),
  );

describe('a deadline of working time', () => {
  const cases: [name: string, from: string, limit: string, due: string][] = [
    ['ends at closing, not at the next opening', '2026-11-23T09:00', 'PT8H', '2026-11-23T18:00'],
    ['leaves lunch out', '2026-11-23T12:30', 'PT1H', '2026-11-23T14:30'],
    ['ends when lunch begins', '2026-11-23T12:00', 'PT1H', '2026-11-23T13:00'],
    ['received at lunch starts after it', '2026-11-23T13:20', 'PT1H', '2026-11-23T15:00'],
    ['received before opening starts at opening', '2026-11-23T06:00', 'PT1H', '2026-11-23T10:00'],
    ['received at closing starts next day', '2026-11-23T18:00', 'PT1H', '2026-11-24T10:00'],
    ['received on Friday night skips the weekend', '2026-11-20T23:00', 'PT8H', '2026-11-23T18:00'],
    [
      'takes the rest of one day and some of the next',
      '2026-11-23T17:00',
      'PT8H',
      '2026-11-24T17:00',
    ],
    ['skips the holiday and its shortened eve', '2026-11-03T16:00', 'PT2H', '2026-11-05T10:00'],
    ['a shortened day ends an hour earlier', '2026-11-03T09:00', 'PT7H', '2026-11-03T17:00'],
    ['works on a Saturday in place of a Monday', '2024-04-26T17:00', 'PT2H', '2024-04-27T10:00'],
    ['a working Saturday has hours of Friday', '2024-04-27T09:00', 'PT8H', '2024-04-27T18:00'],
    ['and then waits out the days off', '2024-04-27T17:00', 'PT2H', '2024-05-02T10:00'],
    ['a working Saturday may be shortened', '2025-11-01T09:00', 'PT8H', '2025-11-05T10:00'],
    ['waits out the New Year', '2025-12-30T17:00', 'PT2H', '2026-01-12T10:00'],
    ['zero is due at once', '2026-11-22T03:00', 'PT0S', '2026-11-22T03:00'],
    ['80 hours are ten days', '2026-11-23T09:00', 'PT80H', '2026-12-04T18:00'],
    ['is exact to the second', '2026-11-23T17:59:30', 'PT60S', '2026-11-24T09:00:30'],
  ];
  for (const [name, from, working, due] of cases) {
    it(name, () => {
      expect(standard.deadline(moscow(from), limit(working)).due.toMillis()).to.equal(
        moscow(due).toMillis(),
      );
    });
  }

  it('tells what was spent, in UTC', () => {
    const { due, provisional, spent } = standard.deadline(
      moscow('2026-11-23T12:00'),
      limit('PT8H'),
    );
    expect(due.toISO()).to.equal('2026-11-24T09:00:00.000Z');
    expect(provisional).to.be.false;
    expect(spent.map(iso)).to.deep.equal([
      '2026-11-23T09:00:00.000Z/2026-11-23T10:00:00.000Z',
      '2026-11-23T11:00:00.000Z/2026-11-23T15:00:00.000Z',
      '2026-11-24T06:00:00.000Z/2026-11-24T09:00:00.000Z',
    ]);
  });
  it('of zero has spent nothing', () => {
    expect(standard.deadline(moscow('2026-11-23T12:00'), limit('PT0S')).spent).to.be.empty;
  });

  const refused: [Duration, RegExp][] = [
    [limit('-PT1H'), /PT-1H is negative: allowed are hours, minutes/],
    [limit('P1D'), /P1D is given in days or longer/],
    [Duration.invalid('nonsense'), /not a duration/],
  ];
  for (const [working, message] of refused) {
    it(`refuses ${working.isValid ? working.toISO() : 'an invalid limit'}`, () => {
      expect(() => standard.deadline(moscow('2026-11-23T12:00'), working)).to.throw(
        InputError,
        message,
      );
    });
  }
  it('refuses an invalid instant', () => {
    expect(() => standard.deadline(DateTime.fromISO('2026-02-30'), limit('PT1H'))).to.throw(
      InputError,
      /not an instant/,
    );
  });
});

describe('a year without official data', () => {
  const due = (from: string, working: string) => standard.deadline(moscow(from), limit(working));

  it('makes the deadline provisional, by the rules of the Labour Code', () => {
    const { due: at, provisional } = due('2027-04-30T16:00', 'PT2H');
    expect(local(at)).to.equal('2027-05-04T10:00');
    expect(provisional).to.be.true;
  });
  it('is touched when the way to the deadline crosses into it', () => {
    expect(due('2026-12-30T17:00', 'PT1H').provisional).to.be.false;
    const { due: at, provisional } = due('2026-12-30T17:00', 'PT2H');
    expect(local(at)).to.equal('2027-01-11T10:00');
    expect(provisional).to.be.true;
  });
  it('is touched when the message came in it', () => {
    expect(due('2023-12-31T23:59', 'PT1H').provisional).to.be.true;
    expect(due('2024-01-01T00:00', 'PT1H').provisional).to.be.false;
  });
  it('is not touched by an end at 24:00 on 31 December', () => {
    const days = { '2026-12-31': ['10:00-24:00'] };
    const calendar = calendarOf({ days });
    const { due: at, provisional } = calendar.deadline(moscow('2026-12-31T10:00'), limit('PT14H'));
    expect(local(at)).to.equal('2027-01-01T00:00');
    expect(provisional).to.be.false;
  });
  it('does not matter to a service that keeps no holidays', () => {
    const calendar = calendarOf({ observeHolidays: false });
    const { due: at, provisional } = calendar.deadline(moscow('2027-01-01T09:00'), limit('PT1H'));
    expect(local(at)).to.equal('2027-01-01T10:00');
    expect(provisional).to.be.false;
  });
});

describe("an agency's own hours", () => {
  it('may end at 24:00 and go on at 00:00 as one stretch, holidays included', () => {
    const calendar = calendarOf({ week: whole('00:00-24:00'), observeHolidays: false });
    const from = moscow('2026-01-01T20:00');
    const { due, spent } = calendar.deadline(from, limit('PT8H'));
    expect(local(due)).to.equal('2026-01-02T04:00');
    expect(spent).to.have.length(1);
  });
  it('through New Year are one stretch', () => {
    const calendar = calendarOf({ week: whole('00:00-24:00'), observeHolidays: false });
    const from = moscow('2026-12-31T20:00');
    const { due, spent } = calendar.deadline(from, limit('PT8H'));
    expect(spent).to.deep.equal([{ start: from.toMillis(), end: due.toMillis() }]);
  });
  it('of single days beat holidays, shortening and the week', () => {
    const days = { '2026-06-12': ['10:00-12:00'], '2026-06-11': ['09:00-18:00'], '2026-06-15': [] };
    const calendar = calendarOf({ days });
    const { due } = calendar.deadline(moscow('2026-06-11T17:00'), limit('PT3H30M'));
    expect(local(due)).to.equal('2026-06-16T09:30');
  });
  it('without a Friday lend a working Saturday those of the last day before it', () => {
    const calendar = calendarOf({ week: { mon: ['09:00-18:00'], thu: ['08:00-12:00'] } });
    expect(local(calendar.nextWorking(moscow('2024-04-26T00:00')))).to.equal('2024-04-27T08:00');
  });
  it('on every Saturday hold on a working one, on an ordinary one, and not on a holiday', () => {
    const calendar = calendarOf({ week: { ...defaultHours.week, sat: ['10:00-14:00'] } });
    const opening = (text: string) => local(calendar.nextWorking(moscow(text)));
    expect(opening('2024-04-27T00:00')).to.equal('2024-04-27T10:00');
    expect(opening('2026-11-21T00:00')).to.equal('2026-11-21T10:00');
    expect(opening('2026-05-09T00:00')).to.equal('2026-05-12T09:00');
  });
  it('shorten by what the agency says', () => {
    const calendar = calendarOf({ shortenBy: 'PT2H' });
    expect(calendar.isWorking(moscow('2026-11-03T16:00'))).to.be.false;
  });
  it('are in its own zone: two agencies of one region close at different instants', () => {
    const calendar = calendarOf({ zone: 'Asia/Novosibirsk' });
    const from = moscow('2026-11-23T05:00');
    expect(calendar.deadline(from, limit('PT8H')).due.toISO()).to.equal('2026-11-23T11:00:00.000Z');
    expect(standard.deadline(from, limit('PT8H')).due.toISO()).to.equal('2026-11-23T15:00:00.000Z');
  });
  it('decide by the local date which day is shortened', () => {
    const calendar = calendarOf({ zone: 'Asia/Kamchatka' });
    const from = zoned('2026-11-03T09:00', 'Asia/Kamchatka');
    const { due } = calendar.deadline(from, limit('PT7H'));
    expect(local(due, 'Asia/Kamchatka')).to.equal('2026-11-03T17:00');
  });
});

describe('clocks that change', () => {
  const newYork = (text: string) => zoned(text, 'America/New_York');
  const night = createCalendar(
    { zone: 'America/New_York', week: whole('00:00-08:00'), observeHolidays: false },
    years,
  );
  it('lose an hour of the night in March', () => {
    const { due } = night.deadline(newYork('2026-03-08T00:00'), limit('PT7H'));
    expect(local(due, 'America/New_York')).to.equal('2026-03-08T08:00');
  });
  it('add one in November', () => {
    const { due } = night.deadline(newYork('2026-11-01T00:00'), limit('PT9H'));
    expect(local(due, 'America/New_York')).to.equal('2026-11-01T08:00');
  });
  it('come back to hours they have shown, a break between them included', () => {
    const week = { sun: ['00:00-01:20', '01:40-03:00'] };
    const calendar = createCalendar({ zone: 'America/New_York', week }, years);
    const { spent } = calendar.deadline(newYork('2026-11-01T00:00'), limit('PT2H30M'));
    expect(spent.map(iso)).to.deep.equal([
      '2026-11-01T04:00:00.000Z/2026-11-01T05:20:00.000Z',
      '2026-11-01T05:40:00.000Z/2026-11-01T06:20:00.000Z',
      '2026-11-01T06:40:00.000Z/2026-11-01T07:10:00.000Z',
    ]);
  });
  it('change nothing of the opening time', () => {
    const day = createCalendar({ ...defaultHours, zone: 'America/New_York' }, years);
    expect(day.nextWorking(newYork('2026-03-06T18:00')).toISO()).to.equal(
      '2026-03-10T13:00:00.000Z',
    );
    expect(day.nextWorking(newYork('2026-03-05T18:00')).toISO()).to.equal(
      '2026-03-06T14:00:00.000Z',
    );
  });
});

describe('a warning', () => {
  const cases: [name: string, from: string, limit: string, at: string][] = [
    ['inside working time stays', '2026-11-23T09:00', 'PT7H', '2026-11-23T17:00'],
    ['at closing moves to the next opening', '2026-11-23T10:00', 'PT7H', '2026-11-24T09:00'],
    ['at lunch moves after it', '2026-11-23T09:00', 'PT4H', '2026-11-23T14:00'],
    ['on Friday at closing waits for Monday', '2026-11-20T10:00', 'PT7H', '2026-11-23T09:00'],
    [
      'of nothing at midnight waits for the opening',
      '2026-11-23T00:00',
      'PT0S',
      '2026-11-23T09:00',
    ],
  ];
  for (const [name, from, working, at] of cases) {
    it(name, () => {
      expect(local(standard.warning(moscow(from), limit(working)))).to.equal(at);
    });
  }
  it('at an end of 24:00 does not come at midnight', () => {
    const calendar = calendarOf({ week: whole('16:00-24:00') });
    const at = calendar.warning(moscow('2026-11-23T17:00'), limit('PT7H'));
    expect(local(at)).to.equal('2026-11-24T16:00');
  });
});

describe('elapsed working time', () => {
  const elapsed = (from: string, to: string) => standard.elapsed(moscow(from), moscow(to)).toISO();

  it('counts no weekend', () => {
    expect(elapsed('2026-11-20T17:00', '2026-11-23T10:00')).to.equal('PT2H');
  });
  it('of a whole year is the hours of its 40-hour week', () => {
    for (const [year, hours] of [
      [2024, 1979],
      [2025, 1972],
      [2026, 1972],
    ]) {
      const spent = standard.elapsed(moscow(`${year}-01-01`), moscow(`${Number(year) + 1}-01-01`));
      expect(spent.as('hours')).to.equal(hours);
    }
  });
  it('backwards is negative, over years too', () => {
    const [from, to] = [moscow('2025-12-30T17:00'), moscow('2026-01-12T10:00')];
    expect(standard.elapsed(from, to).as('hours')).to.equal(2);
    expect(standard.elapsed(to, from).as('hours')).to.equal(-2);
  });
});

describe('working time', () => {
  it('is half-open', () => {
    const at = ['08:59', '09:00', '12:59', '13:00', '14:00', '17:59', '18:00'];
    expect(at.map((time) => standard.isWorking(moscow(`2026-11-23T${time}`)))).to.deep.equal([
      ...[false, true, true, false, true, true, false],
    ]);
  });
  it('opens next at once if it is open', () => {
    expect(local(standard.nextWorking(moscow('2026-11-23T09:00')))).to.equal('2026-11-23T09:00');
    expect(local(standard.nextWorking(moscow('2026-11-23T18:00')))).to.equal('2026-11-24T09:00');
  });

  const firsts: [number, number, string, boolean][] = [
    [2026, 11, '2026-11-02T09:00', false],
    [2026, 1, '2026-01-12T09:00', false],
    [2026, 5, '2026-05-04T09:00', false],
    [2025, 11, '2025-11-01T09:00', false],
    [2027, 1, '2027-01-11T09:00', true],
  ];
  for (const [year, month, opening, provisional] of firsts) {
    it(`of ${year}-${month} begins at ${opening} (clause 14)`, () => {
      const first = standard.firstWorkingDay(year, month);
      expect(local(first.day)).to.equal(opening);
      expect(first.provisional).to.equal(provisional);
    });
  }
  it('refuses a month that does not exist', () => {
    expect(() => standard.firstWorkingDay(2026, 13)).to.throw(InputError);
  });
});

describe('a calendar with too little working time', () => {
  it('refuses to be made with none', () => {
    expect(() => calendarOf({ week: {} })).to.throw(InputError, /no working time at all/);
  });
  it('says so after ten years of searching', () => {
    const calendar = calendarOf({ week: {}, days: { '2026-06-15': ['10:00-11:00'] } });
    const from = moscow('2026-06-15T10:00');
    expect(local(calendar.deadline(from, limit('PT1H')).due)).to.equal('2026-06-15T11:00');
    const message =
      /too little working time in the 10 years after 2026-06-15T07:00.*"week" or "days"/;
    expect(() => calendar.deadline(from, limit('PT2H'))).to.throw(InputError, message);
    expect(() => calendar.warning(from, limit('PT1H'))).to.throw(InputError, /too little/);
    expect(() => calendar.nextWorking(from.plus({ hours: 1 }))).to.throw(InputError, /too little/);
    expect(() => standard.deadline(from, limit('PT30000H'))).to.throw(InputError, /shorter limit/);
  });
  it('finds an opening years away', () => {
    const calendar = calendarOf({ week: {}, days: { '2031-06-16': ['10:00-11:00'] } });
    const { due, provisional } = calendar.deadline(moscow('2026-06-15T10:00'), limit('PT1H'));
    expect(local(due)).to.equal('2031-06-16T11:00');
    expect(provisional).to.be.true;
  });
});
