import type { CalendarDefinition } from './definition.ts';

const day = ['09:00-13:00', '14:00-18:00'];

/** The hours of an agency whose own are not given. */
export const defaultHours = {
  zone: 'Europe/Moscow',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day },
  shortenBy: 'PT1H',
} satisfies CalendarDefinition;
