import { createRequire } from 'node:module';
import dayjs from 'dayjs';
import businessTime from 'dayjs-business-time';
import moment from 'moment';
import 'moment-business-time';
import type { Cases } from './deadline-cases.ts';

/** A library that adds working time. Both of these know one calendar at a time, in the zone of the process. */
export interface Library {
  /** With its version. */
  name: string;
  use(calendar: Pick<Cases, 'definition' | 'holidays'>): void;
  /** From and to epoch milliseconds. */
  deadline(from: number, hours: number): number;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const versionOf = (name: string): string => {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return `${name} ${version}`;
};

/** Hours by number of weekday, `[['09:00:00', '13:00:00'], …]`; null is a day off. */
const weekOf = ({ week }: Cases['definition']) =>
  DAYS.map((day) => week[day]?.map((text) => text.split('-').map((time) => `${time}:00`)) ?? null);

dayjs.extend(businessTime);

const dayjsBusinessTime: Library = {
  name: versionOf('dayjs-business-time'),
  use({ definition, holidays }) {
    const week = weekOf(definition).map(
      (spans, day) => [NAMES[day], spans?.map(([start, end]) => ({ start, end })) ?? null] as const,
    );
    dayjs.setBusinessTime(Object.fromEntries(week) as never);
    dayjs.setHolidays(holidays);
  },
  deadline: (from, hours) => dayjs(from).addBusinessHours(hours).valueOf(),
};

const momentBusinessTime: Library = {
  name: versionOf('moment-business-time'),
  use({ definition, holidays }) {
    const week = weekOf(definition).map((spans, day) => [day, spans?.flat() ?? null] as const);
    moment.updateLocale('en', { workinghours: Object.fromEntries(week), holidays });
  },
  deadline: (from, hours) =>
    (moment(from) as unknown as WithWorkingTime).addWorkingTime(hours, 'hours').valueOf(),
};

interface WithWorkingTime {
  addWorkingTime(amount: number, unit: string): moment.Moment;
}

export const libraries: readonly Library[] = [dayjsBusinessTime, momentBusinessTime];
