const AWAY = new Set([
  'EAUTH',
  'ECONNECTION',
  'ECONNREFUSED',
  'EDNS',
  'EHOSTUNREACH',
  'ESOCKET',
  'ETIMEDOUT',
]);

/** Whether `error` says that the mail server is away or does not let us in, and not that it refuses this mail. */
export const isMailAway = (error: unknown): boolean =>
  error instanceof Error && AWAY.has((error as { code?: string }).code ?? '');
