import { pino } from 'pino';

/** The application's log: JSON lines on standard output, tokens and passwords never in them. */
export const log = pino({
  name: 'otklik',
  level: process.env['OTKLIK_LOG_LEVEL'] ?? 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      ...['token', 'password', 'secret', '*.token', '*.password', '*.secret', '*.access_token'],
      // Of a refused statement: they may be anybody's words, or a password's hash.
      'err.parameters',
      'err.driverError.parameters',
    ],
    censor: '…',
  },
});
