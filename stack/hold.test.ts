import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hold } from './hold.ts';
import { identify, thisProcess } from './identity.ts';

describe('hold', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-hold-'));
    path = join(dir, 'x.lock');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const unexpected = (pid: number) => {
    throw new Error(`held by ${pid}`);
  };

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const enter = async () => {
      const release = await hold(path, () => undefined);
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
      await release();
    };
    await Promise.all([enter(), enter(), enter(), enter()]);
    expect(most).to.equal(1);
  });

  it('takes over from a process that is no more', async () => {
    const dead = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(dead, 'spawn');
    const identity = await identify(dead.pid!);
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    await writeFile(path, JSON.stringify({ pid: dead.pid, identity }));
    const release = await hold(path, unexpected);
    expect(JSON.parse(await readFile(path, 'utf8'))).to.deep.equal(await thisProcess());
    await release();
  });

  it('takes over when the number now belongs to another process', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, identity: 'an earlier one' }));
    await (
      await hold(path, unexpected)
    )();
  });

  it('tells who holds it', async () => {
    const release = await hold(path, unexpected);
    const error = await hold(path, unexpected).catch((e: unknown) => e);
    expect(String(error)).to.include(`held by ${process.pid}`);
    await release();
  });
});
