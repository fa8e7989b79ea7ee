import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { run } from './run.ts';

/** Camunda 8.6 is compiled for Java 21. */
export const oldestJava = 21;

export interface Java {
  /** Full path of the `java` program. */
  path: string;
  /** Feature release: 21, 25… */
  version: number;
}

export interface JavaSearch {
  env?: NodeJS.ProcessEnv;
  /** Folders that hold Java installations; what is usual for the system unless given. */
  folders?: string[];
}

/**
 * The first Java that is new enough: `JAVA_HOME`, then `PATH`, then the usual folders, newest first.
 * Each is asked for its version by running it. Throws InputError that lists what was found and what to do.
 */
export async function findJava(search: JavaSearch = {}): Promise<Java> {
  const env = search.env ?? process.env;
  const named = [...(env['JAVA_HOME'] ? [programIn(env['JAVA_HOME'])] : []), ...onPath(env)];
  const tooOld: string[] = [];
  for (const path of named) {
    const version = await javaVersion(path);
    if (version !== null && version >= oldestJava) return { path, version };
    if (version !== null) tooOld.push(`${path} is Java ${version}`);
  }
  const installed: Java[] = [];
  for (const path of await inFolders(search.folders ?? usualFolders(env))) {
    const version = await javaVersion(path);
    if (version !== null && version >= oldestJava) installed.push({ path, version });
    else if (version !== null) tooOld.push(`${path} is Java ${version}`);
  }
  const [newest] = installed.sort((a, b) => b.version - a.version);
  if (newest !== undefined) return newest;
  throw new InputError(
    [
      `Java ${oldestJava} or newer is needed and was not found.`,
      ...[...new Set(tooOld)].map((line) => `  ${line}: too old`),
      'Install one (for example the package openjdk-21-jre-headless, or Temurin) or point JAVA_HOME at one.',
    ].join('\n'),
  );
}

/** Feature release of a `java` program, or null if it is not there or does not run. */
export async function javaVersion(path: string): Promise<number | null> {
  const { code, output } = await run(path, ['-version']);
  // "1.8.0_402" is Java 8; "21.0.3", "25-ea" are what they say.
  const match = code === 0 ? /version "(?:1\.)?(\d+)/.exec(output) : null;
  return match === null ? null : Number(match[1]);
}

const program = process.platform === 'win32' ? 'java.exe' : 'java';
const programIn = (home: string) => join(home, 'bin', program);

const onPath = (env: NodeJS.ProcessEnv) =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program));

async function inFolders(folders: string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      // macOS keeps the home two folders deeper.
      return names
        .map((name) => join(folder, name))
        .map((home) => (process.platform === 'darwin' ? join(home, 'Contents', 'Home') : home))
        .map(programIn);
    }),
  );
  return found.flat();
}

function usualFolders(env: NodeJS.ProcessEnv): string[] {
  const own = [join(homedir(), '.sdkman', 'candidates', 'java'), join(homedir(), '.jdks')];
  if (process.platform === 'darwin') {
    const machines = 'Library/Java/JavaVirtualMachines';
    return [`/${machines}`, join(homedir(), machines), ...own];
  }
  if (process.platform === 'win32') {
    const root = env['ProgramFiles'] ?? 'C:\\Program Files';
    const vendors = ['Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'BellSoft'];
    return [...vendors.map((name) => join(root, name)), ...own];
  }
  return ['/usr/lib/jvm', '/usr/java', '/opt/java', '/opt', ...own];
}
