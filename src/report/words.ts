import { number } from '../procedure/counted.ts';

/** `7,9 %`; of nothing there is no share: null. */
export function share(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const percent = ((part / whole) * 100).toLocaleString('ru-RU', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${percent} %`;
}

/** `+3`, `−2`, `0`. */
export function change(now: number, before: number): string {
  const by = now - before;
  return by === 0 ? '0' : `${by > 0 ? '+' : '−'}${number(Math.abs(by))}`;
}

/**
 * A post in the dative, as the addressee of a document is written; null for one whose first word has no
 * form known here: it is then written as it is.
 */
export function dative(post: string): string | null {
  const [first = '', ...rest] = post.split(' ');
  const form = DATIVE[first.toLowerCase()];
  if (form === undefined) return null;
  const cased = /^[А-ЯЁ]/.test(first) ? form.charAt(0).toUpperCase() + form.slice(1) : form;
  // «Первый заместитель»: the noun after the adjective is declined too.
  if (first.toLowerCase() !== 'первый') return [cased, ...rest].join(' ');
  const noun = dative(rest.join(' '));
  return noun && `${cased} ${noun}`;
}

const DATIVE: Record<string, string> = {
  первый: 'первому',
  заместитель: 'заместителю',
  губернатор: 'губернатору',
  'вице-губернатор': 'вице-губернатору',
  начальник: 'начальнику',
  руководитель: 'руководителю',
  министр: 'министру',
  директор: 'директору',
  председатель: 'председателю',
};
