const numbers = new Intl.NumberFormat('ru-RU');

export const count = (value: number): string => numbers.format(value);

/** The share kept: `96,4 %`; null when there was nothing to keep. */
export function share(all: number, late: number): number | null {
  return all === 0 ? null : ((all - late) / all) * 100;
}

export const percent = (value: number | null): string =>
  value === null
    ? '—'
    : `${value.toLocaleString('ru-RU', { maximumFractionDigits: value >= 99.95 ? 0 : 1 })} %`;

/** Working minutes: `3 ч 05 мин`. */
export function workingTime(minutes: number | null): string {
  if (minutes === null) return '—';
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} мин`;
  return `${count(hours)} ч ${String(minutes % 60).padStart(2, '0')} мин`;
}

/** An instant by the region's clock. */
export function instant(iso: string, zone: string): string {
  return new Date(iso).toLocaleString('ru-RU', {
    timeZone: zone,
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function clock(iso: string, zone: string): string {
  return new Date(iso).toLocaleTimeString('ru-RU', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** `2026-11-24` as `24.11`, or `ноябрь 2026` for a month. */
export function bucketName(start: string, bucket: 'day' | 'week' | 'month'): string {
  const day = new Date(`${start}T12:00:00Z`);
  if (bucket === 'month') {
    return day.toLocaleDateString('ru-RU', { timeZone: 'UTC', month: 'short', year: 'numeric' });
  }
  return day.toLocaleDateString('ru-RU', { timeZone: 'UTC', day: '2-digit', month: '2-digit' });
}

/** How far off an instant is: `через 25 мин`, `просрочено на 3 ч 10 мин`. */
export function remaining(iso: string, now: number): string {
  const minutes = Math.round((Date.parse(iso) - now) / 60_000);
  return minutes > 0 ? `через ${spoken(minutes)}` : `на ${spoken(Math.max(1, -minutes))}`;
}

function spoken(minutes: number): string {
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const parts = [
    days && `${days} сут.`,
    hours && `${hours} ч`,
    !days && minutes % 60 && `${minutes % 60} мин`,
  ];
  return parts.filter(Boolean).join(' ');
}

/** Milliseconds: `25 мин`, `3 ч 10 мин`; less than a minute is `1 мин`. */
export const spokenTime = (ms: number): string => spoken(Math.max(1, Math.round(ms / 60_000)));

export const BUCKETS = { day: 'по дням', week: 'по неделям', month: 'по месяцам' } as const;
