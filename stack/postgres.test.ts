import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { postgresPart } from './postgres.ts';
import type { StackSettings } from './settings.ts';
import { temporarySettings } from './temporary.ts';

describe('The bundled PostgreSQL, after it was killed', () => {
  let settings: StackSettings;
  let left: string;
  beforeEach(async () => {
    settings = await temporarySettings();
    const cluster = join(settings.dataDir, 'postgres');
    await mkdir(cluster);
    await writeFile(join(cluster, 'PG_VERSION'), '18');
    left = join(cluster, 'postmaster.pid');
  });
  afterEach(() => rm(settings.dataDir, { recursive: true, force: true }));

  const prepare = async (pid: number) => {
    await writeFile(left, `${pid}\n`);
    await (await postgresPart(settings)).part.prepare();
    return readFile(left, 'utf8').catch(() => null);
  };

  it('decides itself whether sessions of the dead server still write', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await prepare(pid)).to.equal(`${pid}\n`);
  });

  it('does not take another program with the same process number for itself', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(other, 'spawn');
    try {
      expect(await prepare(other.pid!)).to.be.null;
    } finally {
      other.kill();
    }
  });
});
