import { join } from 'node:path';
import { expect } from 'chai';
import { regionIn } from '../registry/load.ts';
import type { RegionDefinition } from '../registry/region.ts';
import { matchable } from './matchable.ts';
import { mentionedMunicipality } from './municipality.ts';

const REGION = join(import.meta.dirname, '..', '..', 'region', 'smolensk');

describe('The municipality that a text mentions', () => {
  let region: RegionDefinition;
  before(async () => {
    region = await regionIn(REGION);
  });

  const table: [text: string, code: string | null][] = [
    ['В Смоленске не чистят снег', 'smolensk'],
    ['Смоленск, улица Ленина: яма', 'smolensk'],
    ['Дорога под Смоленском разбита', 'smolensk'],
    ['В Смоленском районе нет света', 'smolensky'],
    ['Смоленский муниципальный округ забыли', 'smolensky'],
    ['По всей Смоленской области гололёд', null],
    ['Смоленская поликлиника закрыта', null],
    ['В Вязьме прорвало трубу', 'vyazemsky'],
    ['Вяземский район без тепла', 'vyazemsky'],
    ['Вяземская больница', 'vyazemsky'],
    ['Ярцево: свалка у дома', 'yartsevsky'],
    ['в Десногорске нет горячей воды', 'desnogorsk'],
    ['Рославль без автобусов', 'roslavlsky'],
    ['Сычёвский округ', 'sychyovsky'],
    ['в Рудне закрыли садик', 'rudnyansky'],
    ['в Ельне темно', 'yelninsky'],
    ['Холм-Жирковский район', 'kholm-zhirkovsky'],
    ['В Рославле закрыли роддом', 'roslavlsky'],
    ['Рославльский район', 'roslavlsky'],
    ['Сафоново без врачей', 'safonovsky'],
    ['Живём в Гагарине', 'gagarinsky'],
    ['Гагаринский округ', 'gagarinsky'],
    ['На улице Гагарина в Смоленске яма', 'smolensk'],
    ['В Глинке нет аптеки', 'glinkovsky'],
    ['посёлок Красный без газа', 'krasninsky'],
    ['Починок, улица Советская', 'pochinkovsky'],
    ['Вязьма и Ярцево', null],
    ['Из Смоленска в Смоленский район не доехать', null],
    ['Дорога нуждается в починке, угроза аварии', null],
    ['Почините дорогу, горит красный свет, рудник шумит', null],
    ['Когда починят?', null],
    ['', null],
  ];
  for (const [text, code] of table) {
    it(`«${text}»: ${code ?? 'none'}`, () => {
      const found = mentionedMunicipality(matchable(text), region.settings.municipalities);
      expect(found?.code ?? null).to.equal(code);
    });
  }
});
