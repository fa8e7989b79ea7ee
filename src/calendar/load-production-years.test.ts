import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { loadProductionYears } from './load-production-years.ts';
import { datesOf, isWeekend } from './local-date.ts';

const region = fileURLToPath(new URL('../../region/calendar', import.meta.url));

const facts = [
  {
    year: 2024,
    workdays: 248,
    hours40: 1979,
    saturdays: ['04-27', '11-02', '12-28'],
    transfers: ['04-29', '04-30', '05-10', '12-30', '12-31'],
    shortened: ['02-22', '03-07', '05-08', '06-11', '11-02'],
  },
  {
    year: 2025,
    workdays: 247,
    hours40: 1972,
    saturdays: ['11-01'],
    transfers: ['05-02', '05-08', '06-13', '11-03', '12-31'],
    shortened: ['03-07', '04-30', '06-11', '11-01'],
  },
  {
    year: 2026,
    workdays: 247,
    hours40: 1972,
    saturdays: [],
    transfers: ['01-09', '03-09', '05-11', '12-31'],
    shortened: ['04-30', '05-08', '06-11', '11-03'],
  },
];
const holidays = /-(01-0[1-8]|02-23|03-08|05-01|05-09|06-12|11-04)$/;

describe('production years', () => {
  const years = loadProductionYears(region);

  it('are official for 2024, 2025 and 2026, in order', () => {
    expect(years.map(({ year, official }) => [year, official])).to.deep.equal([
      [2024, true],
      [2025, true],
      [2026, true],
    ]);
  });

  for (const fact of facts) {
    describe(String(fact.year), () => {
      const year = years.find((candidate) => candidate.year === fact.year)!;
      const works = (date: string) =>
        !year.daysOff.has(date) && (!isWeekend(date) || year.workingWeekends.has(date));
      const full = (days: string[]) => days.map((day) => `${fact.year}-${day}`);
      const shortened = [...year.shortened].filter(works);

      it(`has ${fact.workdays} working days and ${fact.hours40} hours of a 40-hour week`, () => {
        const workdays = datesOf(fact.year).filter(works);
        expect(workdays).to.have.length(fact.workdays);
        expect(workdays.length * 8 - shortened.length).to.equal(fact.hours40);
      });
      it('has its working Saturdays', () => {
        expect([...year.workingWeekends].sort()).to.deep.equal(full(fact.saturdays));
      });
      it('has its holidays and its days off by transfer and no others', () => {
        const transfers = [...year.daysOff].filter((date) => !holidays.test(date)).sort();
        expect(transfers).to.deep.equal(full(fact.transfers));
        expect(year.daysOff.size).to.equal(14 + fact.transfers.length);
      });
      it('has its shortened days', () => {
        expect(shortened.sort()).to.deep.equal(full(fact.shortened));
      });
      it('names in "transitions" exactly the days off marked +', () => {
        const file = JSON.parse(readFileSync(join(region, `ru-${fact.year}.json`), 'utf8')) as {
          transitions: { to: string }[];
        };
        const to = file.transitions.map((transition) => transition.to.replace('.', '-')).sort();
        expect(to).to.deep.equal(fact.transfers);
      });
    });
  }

  describe('refuse, naming the file,', () => {
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'otklik-years-'));
      cpSync(join(region, 'ru-2026.json'), join(dir, 'ru-2026.json'));
    });
    afterEach(() => rmSync(dir, { recursive: true }));

    const edit = (from: string, to: string, name = 'ru-2026.json') => {
      const text = readFileSync(join(region, 'ru-2026.json'), 'utf8');
      expect(text).to.include(from);
      writeFileSync(join(dir, name), text.replace(from, to));
      return () => loadProductionYears(dir);
    };

    it('a day lost from the list', () => {
      expect(edit('7,8,9+,14', '7,8,14')).to.throw(
        InputError,
        /ru-2026\.json: the days listed make 248 working days and 1980 hours, but "statistic" says 247 and 1972/,
      );
    });
    it('a list that silently ends', () => {
      expect(edit('"month": 12', '"month": 11')).to.throw(InputError, /ru-2026\.json/);
    });
    it('a day that does not exist', () => {
      expect(edit('"1,7,8,14,15,21,22,23,28"', '"1,7,8,14,15,21,22,23,29"')).to.throw(
        InputError,
        /2026-02-29 is not a day of 2026/,
      );
    });
    it('a mark that means nothing', () => {
      expect(edit('30*', '30?')).to.throw(InputError, /month 4: "30\?" is not a day.*\* .*\+/);
    });
    it('a name of another year', () => {
      expect(edit('2026', '2026', 'ru-2027.json')).to.throw(InputError, /name it ru-2026\.json/);
    });
    it('text that is not JSON', () => {
      expect(edit('{', '')).to.throw(InputError, /ru-2026\.json: .*JSON/);
    });
    it('a folder that is not there', () => {
      expect(() => loadProductionYears(join(dir, 'none'))).to.throw(InputError, /none/);
    });
  });
});
