import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { computedYear } from './labour-code.ts';
import { loadProductionYears } from './load-production-years.ts';
import { isWeekend } from './local-date.ts';

const region = fileURLToPath(new URL('../../region/calendar', import.meta.url));
const weekdays = (dates: ReadonlySet<string>) => [...dates].filter((d) => !isWeekend(d)).sort();

describe('a year computed by the Labour Code', () => {
  const year = computedYear(2027);

  it('is not official', () => expect(year.official).to.be.false);

  it('has its holidays, and those on weekends moved to the next working day except in January', () => {
    expect(weekdays(year.daysOff)).to.deep.equal([
      ...['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'],
      ...['2027-02-23', '2027-03-08', '2027-05-03', '2027-05-10', '2027-06-14', '2027-11-04'],
    ]);
  });
  it('shortens only a day directly before a holiday', () => {
    expect(weekdays(year.shortened)).to.deep.equal([
      ...['2027-02-22', '2027-04-30', '2027-06-11', '2027-11-03', '2027-12-31'],
    ]);
  });
  it('shortens an eve on a weekend for whoever works then, as an official year does', () => {
    expect(year.shortened.has('2027-03-07')).to.be.true;
    const official = loadProductionYears(region).find((candidate) => candidate.year === 2026)!;
    expect(official.shortened.has('2026-02-22')).to.be.true;
  });
  it('knows no working Saturday', () => expect(year.workingWeekends.size).to.equal(0));

  it('differs from official 2026 only by what the Government transferred', () => {
    const official = loadProductionYears(region).find((candidate) => candidate.year === 2026)!;
    const computed = computedYear(2026);
    const unknown = [...official.daysOff].filter((date) => !computed.daysOff.has(date));
    expect(unknown).to.deep.equal(['2026-01-09', '2026-12-31']);
    expect([...computed.daysOff].filter((date) => !official.daysOff.has(date))).to.be.empty;
    expect([...computed.shortened].filter((date) => !official.shortened.has(date))).to.deep.equal([
      '2026-12-31',
    ]);
  });
});
