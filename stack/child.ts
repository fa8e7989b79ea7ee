import { spawn } from 'node:child_process';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, type Running } from './identity.ts';

/** How to run one program of the stack. */
export interface Command {
  /** Also the name of its log files. */
  name: string;
  command: string;
  args: string[];
  /** Added to the few variables that a child is given at all. */
  env?: Record<string, string>;
  /** What asks it to stop in good order. */
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** Milliseconds from that signal to SIGKILL. */
  graceMs: number;
  uid?: number;
  gid?: number;
}

export interface Child {
  running: Running;
  /** Settles when it has ended, for whatever reason: tells how, in words. */
  ended: Promise<string>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/** Starts a program under its guard, in a process group of its own: Ctrl-C in the terminal reaches only us. */
export async function startChild(command: Command, logDir: string): Promise<Child> {
  await mkdir(logDir, { recursive: true });
  const output = await open(outputPath(logDir, command.name), await openMode(logDir, command.name));
  const { env, ...guarded } = command;
  const guard = spawn(
    process.execPath,
    [join(import.meta.dirname, 'guard.js'), JSON.stringify(guarded)],
    {
      cwd: logDir,
      detached: true,
      env: { ...bareEnvironment(), ...env },
      stdio: ['pipe', output.fd, output.fd],
      windowsHide: true,
    },
  );
  const leash = guard.stdin!;
  // Writing to a guard that is gone is no news: its end is reported by `exit`.
  leash.on('error', () => undefined);
  const ended = new Promise<string>((done) => {
    guard.on('error', (error) => done(error.message));
    guard.on('exit', (code, signal) => {
      if (signal !== null) killGroup(guard.pid);
      done(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
  });
  void ended.then(() => output.close());
  const pid = guard.pid;
  if (pid === undefined) throw new Error(`${command.name}: ${await ended}`);
  return {
    running: { pid, identity: (await identify(pid)) ?? '' },
    ended,
    async stop() {
      leash.end();
      await ended;
    },
  };
}

/** The last lines a part wrote, to go with the news that it died. */
export async function logTail(logDir: string, name: string, lines = 15): Promise<string> {
  const texts = await Promise.all(
    [join(logDir, `${name}.log`), outputPath(logDir, name)].map(async (path) => {
      const text = await readFile(path, 'utf8').catch(() => '');
      const last = text.trimEnd().split('\n').slice(-lines).join('\n');
      return last === '' ? '' : `--- ${path}\n${last}`;
    }),
  );
  return texts.filter((text) => text !== '').join('\n');
}

const outputPath = (logDir: string, name: string) => join(logDir, `${name}.out`);

/** Appends, so that what a crashed run said is still there; starts anew once the file has grown large. */
async function openMode(logDir: string, name: string): Promise<'a' | 'w'> {
  const size = await stat(outputPath(logDir, name)).then(
    (found) => found.size,
    () => 0,
  );
  return size > 5_000_000 ? 'w' : 'a';
}

/** Only when the guard itself was killed: what it guarded is in its group. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}

/**
 * Settings of Spring, Camunda and PostgreSQL can come from environment variables, and those of the
 * caller's shell are meant for other programs: a child gets none of them.
 */
function bareEnvironment(): Record<string, string> {
  const kept =
    /^(PATH|HOME|USER|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|JAVA_TOOL_OPTIONS)$/i;
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => kept.test(entry[0]) && entry[1] !== undefined,
    ),
  );
  // Without it Java on Linux cannot open a path with Russian letters.
  return { ...environment, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8' };
}
