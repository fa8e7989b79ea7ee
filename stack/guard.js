/**
 * Runs one program and makes sure that it does not outlive us. The launcher holds the other end of our
 * standard input: when that closes, be it on purpose or because the launcher was killed, the program is
 * asked to stop, and killed if it has not after its grace. Plain JavaScript so that bare Node runs it: it
 * is up in a moment and takes little memory.
 *
 * Argument: JSON {command, args, stopSignal, graceMs, uid?, gid?}. Exits as the program did.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout } from 'node:timers';

const { command, args, stopSignal, graceMs, uid, gid } = JSON.parse(process.argv[2] ?? '{}');
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  windowsHide: true,
  ...(uid === undefined ? {} : { uid, gid }),
});

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  child.kill(stopSignal);
  setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
}

process.stdin.on('end', stop).on('error', stop).on('close', stop).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

child.on('error', (error) => {
  process.stderr.write(`${command} could not be started: ${error.message}\n`);
  process.exit(127);
});
// The shells' convention for a program ended by a signal.
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
