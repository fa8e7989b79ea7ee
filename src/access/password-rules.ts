import { InputError } from '../errors.ts';

const SHORTEST = 12;
export const LONGEST = 200;

/** Beginnings that many people choose, without digits and signs around them, in lower case. */
const COMMON = new Set(
  (
    'password passwordpassword passw qwerty qwertyuiop qwertyqwerty qwertyuiopasdfghjkl ' +
    'qazwsxedcrfv asdfghjkl zxcvbnm letmein iloveyou welcome administrator admin adminadmin ' +
    'пароль парольпароль йцукен йцукенгшщзхъ йцукенйцукен фывапролджэ ячсмитьбю ' +
    'администратор админ отклик otklik отклик otklikotklik смоленск smolensk россия rossiya ' +
    'привет любовь губернатор правительство'
  ).split(' '),
);

/** What a person sets for themselves. @throws InputError in Russian when it is too easy to guess. */
export function checkPassword(password: string, login: string): void {
  const length = [...password].length;
  if (length < SHORTEST) {
    throw new InputError(`Слишком короткий пароль: нужно не менее ${SHORTEST} знаков.`);
  }
  if (length > LONGEST) {
    throw new InputError(`Слишком длинный пароль: допустимо не более ${LONGEST} знаков.`);
  }
  const lower = password.normalize('NFKC').toLowerCase();
  if (lower.includes(login) && lower.length - login.length < SHORTEST) {
    throw new InputError('Пароль не должен состоять из логина.');
  }
  if (isCommon(lower)) {
    throw new InputError(
      'Такой пароль легко угадать: придумайте другой, например три-четыре слова.',
    );
  }
}

/** A common word among digits and signs, a run of neighbours, or a few characters repeated. */
function isCommon(lower: string): boolean {
  const letters = lower.replace(/[^\p{L}]/gu, '');
  return COMMON.has(letters) || new Set(lower).size < 5 || isRun(lower);
}

function isRun(text: string): boolean {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  return steps.filter((step) => Math.abs(step) <= 1).length >= steps.length - 2;
}
