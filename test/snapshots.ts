import { regionIn } from '../src/registry/load.ts';
import { namesOf } from '../src/report/names.ts';
import { sheets } from '../src/report/sheets.ts';
import type { AgencyFigures, MonthlyRows, MonthlySnapshot } from '../src/procedure/monthly.ts';

/** Figures of an agency: zeros unless told. */
export const agencyFigures = (
  agency: string,
  over: Partial<AgencyFigures> = {},
): AgencyFigures => ({
  agency,
  name: `Министерство «${agency}»`,
  shortName: `Мин${agency}`,
  received: 0,
  answered: 0,
  inTime: 0,
  latenessMs: 0,
  longestLatenessMs: 0,
  late: 0,
  outstanding: 0,
  returns: 0,
  lateReturns: 0,
  acceptedReturns: 0,
  reworkRounds: 0,
  shortcomings: 0,
  instructions: 0,
  measures: 0,
  ...over,
});

/** A month of the demo region in which nothing happened, unless told. */
export async function aSnapshot(over: Partial<MonthlySnapshot> = {}): Promise<MonthlySnapshot> {
  const { settings } = await regionIn(`${import.meta.dirname}/../region/smolensk`);
  return {
    month: '2026-10',
    region: settings.name,
    zone: settings.zone,
    at: '2026-11-02T06:00:00.000Z',
    preliminary: false,
    figures: {
      month: '2026-10',
      messages: 0,
      answered: 0,
      byAgency: [],
      structure: { topic: {}, network: {}, municipality: {}, kind: {} },
    },
    previous: null,
    yearBefore: null,
    names: namesOf(settings),
    addressee: 'Заместитель Губернатора Смоленской области по вопросам информационной политики',
    signer: 'Начальник Департамента Смоленской области по внутренней политике',
    corrections: [],
    ...over,
  };
}

export const noRows = (): MonthlyRows =>
  Object.fromEntries(sheets.map((sheet) => [sheet, []])) as unknown as MonthlyRows;
