import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { findJava } from './java.ts';

describe('findJava', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'otklik-java-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** An installation whose `java -version` says this; gives its home. */
  async function install(name: string, version: string): Promise<string> {
    const home = join(dir, name);
    await mkdir(join(home, 'bin'), { recursive: true });
    const program = join(home, 'bin', 'java');
    await writeFile(program, `#!/bin/sh\necho 'openjdk version "${version}" 2025-01-01' >&2\n`);
    await chmod(program, 0o755);
    return home;
  }

  it('takes JAVA_HOME first', async () => {
    const home = await install('named', '21.0.3');
    const other = await install('on-path', '25');
    const env = { JAVA_HOME: home, PATH: join(other, 'bin') };
    expect(await findJava({ env, folders: [] })).to.deep.equal({
      path: join(home, 'bin', 'java'),
      version: 21,
    });
  });

  it('passes over one that is too old and finds the newest in the usual folders', async () => {
    const old = await install('java-17', '17.0.15');
    await install('jvm/21', '21.0.1');
    await install('jvm/25', '25-ea');
    await writeFile(join(dir, 'jvm', 'not-a-folder'), '');
    const env = { JAVA_HOME: old, PATH: join(old, 'bin') };
    const { version } = await findJava({ env, folders: [join(dir, 'jvm')] });
    expect(version).to.equal(25);
  });

  it('says what it found and what to do when there is none', async () => {
    const old = await install('java-8', '1.8.0_402');
    const error = await findJava({ env: { PATH: join(old, 'bin') }, folders: ['/nowhere'] }).catch(
      (e: unknown) => e,
    );
    expect(error).to.be.instanceOf(InputError);
    expect((error as Error).message)
      .to.include('Java 21 or newer')
      .and.to.include(`${join(old, 'bin', 'java')} is Java 8: too old`)
      .and.to.include('JAVA_HOME');
  });
});
