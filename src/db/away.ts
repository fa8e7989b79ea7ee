const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '57014', // query_canceled: the statement took too long
  '25P03', // idle_in_transaction_session_timeout
  '25P04', // transaction_timeout
  '53300', // too_many_connections
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

/** Without a code: of the driver, of TypeORM when a session ended between two statements, or at shutdown. */
const MESSAGES = [
  /Connection terminated/,
  /is not queryable/,
  /timeout exceeded when trying to connect/,
  /timeout expired/,
  /Query read timeout/,
  /query runner (was )?already released/i,
  /Driver not Connected/,
];

/** Whether `error` says that PostgreSQL is away or busy for now, and not that the statement is wrong. */
export function isDatabaseAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (AWAY.has(code) || code.startsWith('08'))) return true;
  return MESSAGES.some((message) => message.test(error.message));
}
