import { expect } from 'chai';
import {
  boundsOf,
  inMonth,
  monthBefore,
  monthsBack,
  monthTitle,
  periodOf,
  shortMonth,
} from './month.ts';

describe('A month in the region’s zone', () => {
  it('is half-open, from midnight to midnight', () => {
    expect(boundsOf('2026-10', 'Europe/Moscow')).to.deep.equal({
      from: new Date('2026-09-30T21:00:00Z'),
      to: new Date('2026-10-31T21:00:00Z'),
    });
  });

  it('ends with the year', () => {
    expect(boundsOf('2026-12', 'Asia/Kamchatka').to).to.deep.equal(
      new Date('2026-12-31T12:00:00Z'),
    );
  });

  it('before an instant goes by local time', () => {
    const night = new Date('2026-10-31T21:30:00Z');
    expect(monthBefore(night, 'Europe/Moscow')).to.equal('2026-10');
    expect(monthBefore(night, 'UTC')).to.equal('2026-09');
    expect(monthBefore(new Date('2027-01-01T06:00:00Z'), 'Europe/Moscow')).to.equal('2026-12');
  });

  it('has a Russian title', () => {
    expect(monthTitle('2026-10')).to.equal('октябрь 2026 года');
    expect(inMonth('2026-05')).to.equal('мае 2026 года');
    expect(shortMonth('2026-09')).to.equal('сент. 2026');
  });

  it('is as long as its year makes it', () => {
    expect(periodOf('2028-02')).to.equal('с 1 по 29 февраля 2028 года');
    expect(periodOf('2027-02')).to.equal('с 1 по 28 февраля 2027 года');
  });

  it('is held against the one before and the same of the year before', () => {
    expect(monthsBack('2028-01', 1)).to.equal('2027-12');
    expect(monthsBack('2028-03', 1)).to.equal('2028-02');
    expect(monthsBack('2028-02', 12)).to.equal('2027-02');
  });
});
