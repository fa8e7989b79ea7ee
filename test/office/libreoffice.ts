import { execFile } from 'node:child_process';
import {
  access,
  constants,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Where LibreOffice is; null: not on this machine. */
export async function findLibreOffice(): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'soffice');
    const runs = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return program;
  }
  return null;
}

/** All sheets, each as a file `NAME-SHEET.csv` in UTF-8, cells as they are shown. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1';
const TEXT = 'txt:Text (encoded):UTF8';

const FORMATS = { pdf: 'pdf', csv: CSV, txt: TEXT };

/**
 * Has the files, given by name, opened and saved in another format; gives what came out, by name. A PDF
 * is given letter for byte.
 */
export async function convert(
  program: string,
  files: ReadonlyMap<string, Uint8Array>,
  to: keyof typeof FORMATS,
): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'otklik-office-'));
  try {
    const [given, made] = [join(folder, 'given'), join(folder, 'made')];
    for (const path of [given, made]) await mkdir(path);
    for (const [name, bytes] of files) await writeFile(join(given, name), bytes);
    // A profile of its own: another instance of this user would take the work over and not wait.
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    const paths = [...files.keys()].map((name) => join(given, name));
    await promisify(execFile)(
      program,
      [profile, '--headless', '--convert-to', FORMATS[to], '--outdir', made, ...paths],
      { timeout: 240_000 },
    );
    const found = new Map<string, string>();
    for (const name of await readdir(made)) {
      found.set(name, await readFile(join(made, name), to === 'pdf' ? 'latin1' : 'utf8'));
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
