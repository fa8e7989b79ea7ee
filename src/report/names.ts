import { networkNames } from '../procedure/card.ts';
import type { MonthlySnapshot, Section } from '../procedure/monthly.ts';
import type { RegionSettings } from '../registry/settings.ts';
import { UNKNOWN } from './structure.ts';

export const SECTIONS: Record<Section, { title: string; one: string }> = {
  topic: { title: 'по темам', one: 'Тема' },
  network: { title: 'по социальным сетям', one: 'Социальная сеть' },
  municipality: { title: 'по муниципальным образованиям', one: 'Муниципальное образование' },
  kind: { title: 'по видам', one: 'Вид' },
};

export const sections = Object.keys(SECTIONS) as Section[];

const KINDS: Record<string, string> = {
  statement: 'Высказывание',
  request: 'Просьба',
  complaint: 'Жалоба',
  proposal: 'Предложение',
  question: 'Вопрос',
};

/** The codes of the figures as the region names them now. */
export function namesOf(settings: RegionSettings): MonthlySnapshot['names'] {
  const named = (list: RegionSettings['topics']) =>
    Object.fromEntries(list.map(({ code, name }) => [code, name]));
  return {
    topic: named(settings.topics),
    network: networkNames,
    municipality: named(settings.municipalities),
    kind: KINDS,
  };
}

/** Names a code; one that the region no longer knows stays as it is. */
export const nameIn =
  (names: MonthlySnapshot['names']) =>
  (section: Section, code: unknown): string =>
    typeof code !== 'string' || code === UNKNOWN ? 'Не определено' : (names[section][code] ?? code);
