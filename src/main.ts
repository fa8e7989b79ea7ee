import { once } from 'node:events';
import { startApplication } from './application.ts';
import { readConfig } from './config.ts';
import { InputError } from './errors.ts';
import { log } from './log.ts';

/** Whatever still hangs then is left to its time-outs. */
const GONE_WITHIN_MS = 9_500;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(0), GONE_WITHIN_MS).unref();
    stopping.abort();
  });
}

try {
  const application = await startApplication(readConfig(process.env), stopping.signal);
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  await application.stop();
} catch (error) {
  if (stopping.signal.aborted) process.exit(0);
  if (error instanceof InputError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'cannot start');
  process.exit(1);
}
process.exit(0);
