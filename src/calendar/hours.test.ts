import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { parseHours, shorten } from './hours.ts';

describe('hours of a day', () => {
  it('are spans in minutes, 24:00 an end', () => {
    expect(parseHours(['00:00-09:30', '10:00-24:00'])).to.deep.equal([
      { start: 0, end: 570 },
      { start: 600, end: 1440 },
    ]);
  });
  it('may touch', () => expect(parseHours(['09:00-13:00', '13:00-18:00'])).to.have.length(2));

  const refused: [string[], RegExp][] = [
    [['9:00-18:00'], /"9:00-18:00" is not an interval: write HH:MM-HH:MM/],
    [['09:00-24:01'], /between 00:00 and 24:00/],
    [['24:00-24:00'], /is not an interval/],
    [['09:60-18:00'], /is not an interval/],
    [['09:00'], /is not an interval/],
    [['22:00-06:00'], /does not end after it begins.*22:00-24:00/],
    [['09:00-09:00'], /does not end after it begins/],
    [['09:00-14:00', '13:00-18:00'], /"13:00-18:00" begins before "09:00-14:00" ends/],
    [['14:00-18:00', '09:00-13:00'], /must be in order and must not overlap/],
  ];
  for (const [texts, message] of refused) {
    it(`refuse ${texts.join(', ')}`, () => {
      expect(() => parseHours(texts)).to.throw(InputError, message);
    });
  }

  const shortened: [string[], number, string[]][] = [
    [['09:00-13:00', '14:00-18:00'], 60, ['09:00-13:00', '14:00-17:00']],
    [['09:00-13:00', '14:00-15:00'], 60, ['09:00-13:00']],
    [['09:00-13:00', '14:00-14:30'], 60, ['09:00-12:30']],
    [['09:00-09:30'], 60, []],
    [['10:00-24:00'], 60, ['10:00-23:00']],
    [['09:00-18:00'], 0, ['09:00-18:00']],
    [[], 60, []],
  ];
  for (const [texts, minutes, rest] of shortened) {
    it(`${texts.join(', ') || 'none'} shortened by ${minutes} are ${rest.join(', ') || 'none'}`, () => {
      expect(shorten(parseHours(texts), minutes)).to.deep.equal(parseHours(rest));
    });
  }
});
