import { DateTime, Duration } from 'luxon';

/** An instant as staff read it: `24.11.2026 18:00`, in the region's zone. */
export function localTime(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat('dd.MM.yyyy HH:mm');
}

/** A stretch of time as staff read it: `24.11.2026 14:00–18:00`, or with both days. */
export function localSpan(from: Date, to: Date, zone: string): string {
  const [start, end] = [localTime(from, zone), localTime(to, zone)];
  const [day, time] = end.split(' ');
  return start.startsWith(`${day} `) ? `${start}–${time}` : `${start} – ${end}`;
}

/** A duration in Russian words: `1 ч 25 мин`, `30 мин`, `2 сут. 3 ч`; less than a minute is `1 мин`. */
export function spokenDuration(milliseconds: number): string {
  const whole = Duration.fromMillis(Math.max(milliseconds, 60_000))
    .shiftTo('days', 'hours', 'minutes')
    .toObject();
  const parts = [
    whole.days ? `${whole.days} сут.` : '',
    whole.hours ? `${whole.hours} ч` : '',
    Math.floor(whole.minutes ?? 0) ? `${Math.floor(whole.minutes ?? 0)} мин` : '',
  ];
  return parts.filter(Boolean).join(' ');
}
