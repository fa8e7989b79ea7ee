import { DateTime } from 'luxon';
import type { Official } from './tasklist.ts';

/** The deadline of the open task as the executor reads it in the form. */
export async function dueOf({ form }: Official): Promise<DateTime> {
  // The form is there before its values.
  const text = await form
    .locator('p', { hasText: /Ответить до \d\d\.\d\d\.\d{4} \d\d:\d\d/ })
    .innerText();
  const time = /\d\d\.\d\d\.\d{4} \d\d:\d\d/.exec(text)?.[0] ?? '';
  const due = DateTime.fromFormat(time, 'dd.MM.yyyy HH:mm', { zone: 'Europe/Moscow' });
  if (!due.isValid) throw new Error(`no deadline in «${text}»`);
  return due;
}
