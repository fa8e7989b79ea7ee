import { InputError } from '../errors.ts';

/** A half-open stretch of one local day, in minutes from its midnight; an `end` of 1440 is 24:00. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The working hours of one day: ordered, disjoint; empty is a day off. */
export type Hours = readonly Span[];

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/;

/**
 * `['09:00-13:00', '14:00-18:00']` as spans.
 * @throws InputError for an interval that is malformed, empty, out of order or overlapping.
 */
export function parseHours(texts: readonly string[]): Hours {
  const hours = texts.map(parseSpan);
  hours.forEach((span, i) => {
    const previous = hours[i - 1];
    if (previous && span.start < previous.end) {
      throw new InputError(
        `"${texts[i]}" begins before "${texts[i - 1]}" ends: intervals of a day must be in order and must not overlap`,
      );
    }
  });
  return hours;
}

/**
 * The hours of a day shortened by `minutes` of working time (Labour Code art. 95: the duration of
 * the day before a holiday is reduced), taken from its end and on across lunch if need be.
 */
export function shorten(hours: Hours, minutes: number): Hours {
  const last = hours.at(-1);
  if (!last || minutes === 0) return hours;
  const rest = minutes - (last.end - last.start);
  if (rest >= 0) return shorten(hours.slice(0, -1), rest);
  return [...hours.slice(0, -1), { start: last.start, end: last.end - minutes }];
}

function parseSpan(text: string): Span {
  const match = SPAN.exec(text);
  if (!match) {
    throw new InputError(
      `"${text}" is not an interval: write HH:MM-HH:MM between 00:00 and 24:00, for example 09:00-13:00`,
    );
  }
  const [, fromHour, fromMinute, hour, minute, midnight] = match;
  const start = Number(fromHour) * 60 + Number(fromMinute);
  const end = midnight ? 1440 : Number(hour) * 60 + Number(minute);
  if (end <= start) {
    throw new InputError(
      `"${text}" does not end after it begins: split hours that pass midnight in two, for example 22:00-24:00 and, next day, 00:00-06:00`,
    );
  }
  return { start, end };
}
