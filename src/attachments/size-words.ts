import { megabytes } from './receive.ts';

/** The size of a file as people read it: `12 КБ`, `3,4 МБ`. */
export const sizeOf = (bytes: number): string =>
  bytes < (1024 * 1024) / 10
    ? `${Math.max(1, Math.round(bytes / 1024))} КБ`
    : `${megabytes(bytes)} МБ`;
