import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { javaVersion, type Java } from './java.ts';
import { findMaven } from './maven.ts';
import { run } from './run.ts';

/**
 * Has Maven fetch everything of a profile of `pom.xml` into its local repository.
 * Gives the path of each artifact by `group:artifact:version[:classifier or type other than jar]`.
 */
export async function resolveProfile(
  profile: string,
  java: Java,
  say: (line: string) => void,
): Promise<Map<string, string>> {
  const maven = await findMaven();
  const dir = await mkdtemp(join(tmpdir(), 'otklik-mvn-'));
  const list = join(dir, 'artifacts.txt');
  try {
    const { code, output } = await run(
      maven,
      [
        '-f',
        join(import.meta.dirname, 'pom.xml'),
        `-P${profile}`,
        'dependency:list',
        '-Dstyle.color=never',
        '-DincludeScope=runtime',
        '-DoutputAbsoluteArtifactFilename=true',
        `-DoutputFile=${list}`,
      ],
      { env: await mavenEnvironment(java), onText: progress(say) },
    );
    if (code !== 0) throw new Error(`Maven could not fetch the engine:\n${errorsOf(output)}`);
    return parseList(await readFile(list, 'utf8'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Maven takes the Java of `JAVA_HOME` or `PATH`; where neither is there, the one that we found. */
async function mavenEnvironment(java: Java): Promise<NodeJS.ProcessEnv> {
  const hasOwn = process.env['JAVA_HOME'] !== undefined || (await javaVersion('java')) !== null;
  return hasOwn ? process.env : { ...process.env, JAVA_HOME: dirname(dirname(java.path)) };
}

/**
 * Reads what `dependency:list` writes:
 * `   group:artifact:type[:classifier]:version:scope:/path/of/the.jar -- module name`.
 */
export function parseList(text: string): Map<string, string> {
  const line =
    /^\s+([^:\s]+):([^:\s]+):([^:\s]+):(?:([^:\s]+):)?([^:\s]+):(?:compile|runtime)(?: \(optional\))?\s*:(.+?)(?: -- module .*)?$/;
  const found = new Map<string, string>();
  for (const match of text.split(/\r?\n/).map((row) => line.exec(row))) {
    if (match === null) continue;
    const [, group, artifact, type, classifier, version, path] = match;
    const extra = classifier ?? (type === 'jar' ? undefined : type);
    found.set([group, artifact, version, extra].filter((v) => v !== undefined).join(':'), path!);
  }
  return found;
}

/** Maven tells how far a download is in lines such as `Progress (1): 120/299 MB`: every tenth is passed on. */
function progress(say: (line: string) => void): (text: string) => void {
  let tenth = 0;
  return (text) => {
    const matches = [...text.matchAll(/([\d.]+)\/([\d.]+) MB/g)];
    const [, done, whole] = matches.at(-1) ?? [];
    // What is small is over before it could be told.
    if (done === undefined || whole === undefined || Number(whole) < 50) return;
    const now = Math.floor((Number(done) / Number(whole)) * 10);
    if (now > tenth) say(`  ${done} of ${whole} MB`);
    tenth = Math.max(tenth, now);
  };
}

function errorsOf(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) => line.includes('[ERROR]') || line.includes('Error'));
  return (lines.length > 0 ? lines : output.split('\n')).slice(-15).join('\n');
}
