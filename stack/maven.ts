import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { InputError } from '../src/errors.ts';

/**
 * Full path of Maven's program: `MAVEN_HOME` (or its old name `M2_HOME`), then `PATH`.
 * Throws InputError with the remedy.
 */
export async function findMaven(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const program = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
  const homes = [env['MAVEN_HOME'], env['M2_HOME']].filter(
    (home) => home !== undefined && home !== '',
  );
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...homes.map((home) => join(home!, 'bin')), ...folders].map((f) =>
    join(f, program),
  );
  for (const path of candidates) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  throw new InputError(
    [
      'Maven is needed once, to fetch the engine, and was not found.',
      'Install it (the package is called maven), or point MAVEN_HOME at an unpacked one.',
    ].join('\n'),
  );
}
