import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { logTail, startChild, type Command } from './child.ts';
import { identify } from './identity.ts';

describe('startChild', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'otklik-child-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const program = (script: string, graceMs = 20_000): Command => ({
    name: 'program',
    command: process.execPath,
    args: ['-e', script],
    stopSignal: 'SIGTERM',
    graceMs,
  });
  const forever = 'console.log(`pid ${process.pid}.`); setInterval(() => {}, 1000);';

  /** The number that the program wrote to its log. */
  async function writtenPid(): Promise<number> {
    for (;;) {
      const text = await readFile(join(dir, 'program.out'), 'utf8').catch(() => '');
      const match = /pid (\d+)\./.exec(text);
      if (match !== null) return Number(match[1]);
      await pause(20);
    }
  }

  async function gone(pid: number): Promise<void> {
    while ((await identify(pid)) !== null) await pause(20);
  }

  it('is stopped with its program when its launcher is killed', async () => {
    const launcher = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', '--input-type=module', '-e'],
        `import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))};
         await startChild(${JSON.stringify(program(forever))}, ${JSON.stringify(dir)});`,
      ],
      { stdio: 'inherit' },
    );
    const pid = await writtenPid();
    expect(await identify(pid)).to.be.a('string');
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    await gone(pid);
  });

  it('lets its program finish in good order', async () => {
    const child = await startChild(
      program(
        `process.on('SIGTERM', () => { console.log('saved'); process.exit(0); }); ${forever}`,
      ),
      dir,
    );
    await writtenPid();
    await child.stop();
    expect(await child.ended).to.equal('exit code 0');
    expect(await logTail(dir, 'program')).to.include('saved');
  });

  it('kills a program that does not stop within its grace', async () => {
    const child = await startChild(
      program(`process.on('SIGTERM', () => {}); ${forever}`, 100),
      dir,
    );
    const pid = await writtenPid();
    await child.stop();
    expect(await child.ended).to.equal('exit code 137');
    expect(await identify(pid)).to.equal(null);
  });

  it('leaves no program behind when its guard is killed', async () => {
    const child = await startChild(program(forever), dir);
    const pid = await writtenPid();
    process.kill(child.running.pid, 'SIGKILL');
    expect(await child.ended).to.equal('signal SIGKILL');
    await gone(pid);
  });

  it('gives a program none of the settings meant for others', async () => {
    process.env['ZEEBE_ADDRESS'] = 'elsewhere';
    const child = await startChild(program('console.log(JSON.stringify(process.env))'), dir);
    delete process.env['ZEEBE_ADDRESS'];
    await child.ended;
    expect(await logTail(dir, 'program'))
      .to.include('PATH')
      .and.not.to.include('elsewhere');
  });
});
