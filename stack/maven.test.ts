import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { findMaven } from './maven.ts';

describe('findMaven', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'otklik-maven-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function program(...folders: string[]): Promise<string> {
    const folder = join(dir, ...folders);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'mvn'), '#!/bin/sh\n');
    await chmod(join(folder, 'mvn'), 0o755);
    return join(folder, 'mvn');
  }

  it('prefers MAVEN_HOME to PATH', async () => {
    const named = await program('maven', 'bin');
    const onPath = await program('path');
    expect(await findMaven({ MAVEN_HOME: join(dir, 'maven'), PATH: join(dir, 'path') })).to.equal(
      named,
    );
    expect(await findMaven({ PATH: `/nowhere:${join(dir, 'path')}` })).to.equal(onPath);
  });

  it('passes over a file that is not executable, and says what to do when there is none', async () => {
    await chmod(await program('path'), 0o644);
    const error = await findMaven({ PATH: join(dir, 'path') }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InputError);
    expect((error as Error).message)
      .to.include('MAVEN_HOME')
      .and.to.include('Install');
  });
});
