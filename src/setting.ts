import { readFileSync } from 'node:fs';
import { InputError } from './errors.ts';

/**
 * The setting `name` of the environment; null when it is not set or empty. Secrets may stand in files,
 * as container platforms hand them over: `NAME_FILE` names one.
 * @throws InputError when that file cannot be read.
 */
export function readSetting(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  if (env[name]) return env[name];
  const file = env[`${name}_FILE`];
  if (!file) return null;
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    throw new InputError(`${name}_FILE: cannot read ${file}`);
  }
}
