import { createInterface } from 'node:readline/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../src/errors.ts';
import { backUp } from './backup.ts';
import { backupPlaces } from './backup-places.ts';
import { resetStack, stackStatus, stopStack } from './control.ts';
import { readSettings } from './settings.ts';
import { restore } from './restore.ts';
import { untilSignal } from './signals.ts';
import { startStack } from './stack.ts';
import { table } from './table.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('stack').description('The local engine and database');

program
  .command('up')
  .description('start the stack and stay until Ctrl-C')
  .option('--no-webapps', 'without Operate and Tasklist')
  .action(async (options: { webapps: boolean }) => {
    const signal = untilSignal();
    const starting = startStack(readSettings(), { log: say, parts: { webapps: options.webapps } });
    const stack = await Promise.race([starting, signal.then(() => null)]);
    // Asked to stop while starting: the guards stop what has been started.
    if (stack === null) process.exit(130);
    const urls = Object.entries<string | null>({ ...stack.urls });
    say(table([['part', 'address'], ...urls.map(([name, url]) => [name, shown(url)])]));
    say('The password of PostgreSQL is in the file postgres-password of the data folder');
    await signal;
    await stack.stop();
    process.exit(0);
  });

program
  .command('status')
  .description('what runs, where')
  .action(async () => {
    const parts = await stackStatus(readSettings());
    if (parts.length === 0) return say('The stack is not running');
    const rows = parts.map(({ title, state, address, pid }) => [
      title,
      state,
      address,
      `${pid ?? '—'}`,
    ]);
    say(table([['part', 'state', 'address', 'pid'], ...rows]));
  });

program
  .command('stop')
  .description('stop a running launcher and wait until everything has stopped')
  .action(async () => {
    say((await stopStack(readSettings())) ? 'The stack has stopped' : 'The stack is not running');
  });

program
  .command('backup')
  .description('copy the data of the stopped stack: database, engine, attachments')
  .argument('<folder>', 'where to; it must not exist yet')
  .action(async (folder: string) => backUp(backupPlaces(readSettings()), resolve(folder), say));

program
  .command('restore')
  .description('put a backup into an empty data folder')
  .argument('<folder>', 'the backup')
  .action(async (folder: string) => restore(backupPlaces(readSettings()), resolve(folder), say));

program
  .command('reset')
  .description('delete all data of the stack: database, engine, logs')
  .option('--yes', 'do not ask')
  .action(async (options: { yes?: boolean }) => {
    const settings = readSettings();
    if (options.yes !== true && !(await confirmed(settings.dataDir)))
      return say('Nothing was deleted');
    await resetStack(settings);
    say(`Deleted ${settings.dataDir}`);
  });

/** An address without its password. */
const shown = (url: string | null) => url?.replace(/:[^:@/]+@/, ':…@') ?? '—';

async function confirmed(dataDir: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete everything in ${dataDir}? Type yes: `);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

try {
  await program.parseAsync();
} catch (error) {
  const shown =
    error instanceof InputError ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${shown}\n`);
  process.exit(1);
}
