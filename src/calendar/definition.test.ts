import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { defaultHours } from './default-hours.ts';
import { parseCalendarDefinition } from './definition.ts';

const base = { zone: 'Europe/Moscow', week: { mon: ['09:00-13:00', '14:00-18:00'] } };

describe('a calendar definition', () => {
  it('fills in its defaults', () => {
    expect(parseCalendarDefinition(base)).to.deep.equal({
      ...base,
      shortenBy: 'PT1H',
      observeHolidays: true,
    });
  });
  it('takes the default hours and days of their own', () => {
    const days = { '2026-06-15': [], '2028-02-29': ['10:00-24:00'] };
    expect(parseCalendarDefinition({ ...defaultHours, days }).days).to.deep.equal(days);
  });

  const refused: [string, unknown, RegExp][] = [
    ['nothing', undefined, /allowed are zone, week, shortenBy, days, observeHolidays/],
    ['an unknown zone', { ...base, zone: 'Europe/Smolensk' }, /zone: "Europe\/Smolensk" is not an/],
    ['no zone', { week: base.week }, /zone: allowed is an IANA time zone/],
    ['no week', { zone: base.zone }, /week: allowed are hours by weekday: mon/],
    [
      'an unknown weekday',
      { ...base, week: { monday: [] } },
      /week: unknown monday; allowed are hours by weekday: mon, tue/,
    ],
    ['an unknown key', { ...base, lunch: 1 }, /unknown lunch; allowed are zone, week/],
    [
      'hours not in a list',
      { ...base, week: { mon: '09:00-18:00' } },
      /week\.mon: allowed is a list/,
    ],
    [
      'a bad interval',
      { ...base, week: { tue: ['09-18'] } },
      /week\.tue: "09-18" is not an interval/,
    ],
    [
      'overlapping hours',
      { ...base, days: { '2026-06-15': ['09:00-13:00', '12:00-14:00'] } },
      /days\.2026-06-15: .*not overlap/,
    ],
    [
      'a date that does not exist',
      { ...base, days: { '2026-02-30': [] } },
      /"2026-02-30" is not a date/,
    ],
    [
      'a duration that is none',
      { ...base, shortenBy: '1 hour' },
      /shortenBy: "1 hour" is not a duration: allowed/,
    ],
    [
      'a duration in days',
      { ...base, shortenBy: 'P1D' },
      /shortenBy: P1D is given in days or longer/,
    ],
    [
      'a flag that is none',
      { ...base, observeHolidays: 'no' },
      /observeHolidays: allowed are true and false/,
    ],
    [
      'no working time at all',
      { ...base, week: { mon: [] } },
      /week: there is no working time at all: give hours/,
    ],
  ];
  for (const [name, value, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => parseCalendarDefinition(value)).to.throw(InputError, message);
    });
  }
  it('names every fault', () => {
    const value = { zone: 'Nowhere', week: { mon: ['9'] }, shortenBy: '-PT1H' };
    expect(() => parseCalendarDefinition(value)).to.throw(/zone: .*; week\.mon: .*; shortenBy: /);
  });
});
