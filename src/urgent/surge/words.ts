import type { Surge } from '../../db/entities/surge.ts';
import { counted, number } from '../../procedure/counted.ts';
import { spokenDuration } from '../../procedure/local-time.ts';
import type { RegionSettings } from '../../registry/settings.ts';
import type { Series } from './step.ts';

type Names = Pick<RegionSettings, 'topics' | 'municipalities'>;

/** What a surge is about and where, as people say it: «об отоплении в Вяземском округе». */
export function subjectOf({ topic, municipality }: Series, names: Names): string {
  const of = names.topics.find(({ code }) => code === topic);
  const in_ = names.municipalities.find(({ code }) => code === municipality);
  const about =
    topic === null ? 'на неопределённую тему' : (of?.about ?? `на тему «${of?.name ?? topic}»`);
  const where =
    municipality === null ? 'без указания места' : (in_?.where ?? `(${in_?.name ?? municipality})`);
  return `${about} ${where}`;
}

/** Why a surge is one: «17 сообщений об отоплении в Вяземском округе за 2 ч, обычно 1–2». */
export function grounds(surge: Surge, names: Names): string {
  const { count, windowFrom, detectedAt } = surge;
  const messages = counted(count, ['сообщение', 'сообщения', 'сообщений']);
  const time = spokenDuration(detectedAt.getTime() - windowFrom.getTime());
  return `${messages} ${subjectOf(surge, names)} за ${time}, ${usualWords(surge)}`;
}

/** «обычно 1–2» */
export function usualWords({ low, high }: Pick<Surge, 'low' | 'high'>): string {
  if (low === null || high === null) return 'сравнить не с чем: данных за прежние недели нет';
  if (high === 0) return 'обычно ни одного';
  return low === high ? `обычно ${number(low)}` : `обычно ${number(low)}–${number(high)}`;
}

/** What was in the same hours of the weeks before: «1, 2, 0, 1». */
export function pastWords({ past }: Pick<Surge, 'past'>): string {
  return past.length > 0 ? past.map(number).join(', ') : 'данных нет';
}
