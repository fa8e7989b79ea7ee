/**
 * `npm start`: the local engine and database, the sandbox and the application with the demo region,
 * ready to be tried. `--no-sandbox` uses the real networks and mail of the settings, `--no-stack` an
 * engine and database that run elsewhere.
 */
import { Command } from 'commander';
import { InputError } from '../src/errors.ts';
import { launch, type LaunchOptions } from './launch.ts';
import { untilSignal } from './signals.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const options = new Command('npm start')
  .option('--no-sandbox', 'real networks and mail, as set in the environment')
  .option('--no-stack', 'an engine and a database that run elsewhere, as set in the environment')
  .parse()
  .opts<LaunchOptions>();

const signal = untilSignal();
try {
  const launched = await Promise.race([launch(options, say), signal.then(() => null)]);
  // Asked to stop while starting: the guards stop what has been started.
  if (launched === null) process.exit(130);
  await signal;
  say('\nStopping…');
  await launched.stop();
  process.exit(0);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
