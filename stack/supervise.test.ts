import { expect } from 'chai';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from './part.ts';
import { supervise } from './supervise.ts';

describe('supervise', () => {
  let dir: string;
  let said: string[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-supervise-'));
    said = [];
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const written = () => readFile(join(dir, 'program.out'), 'utf8').catch(() => '');

  const part = (script: string): Part => ({
    name: 'program',
    title: 'Program',
    address: 'none',
    readyWithinMs: 30_000,
    prepare: () => Promise.resolve(),
    command: () => ({
      name: 'program',
      command: process.execPath,
      args: ['-e', script],
      stopSignal: 'SIGTERM',
      graceMs: 20_000,
    }),
    isReady: async () => (await written()).includes('ready'),
  });
  const options = () => ({
    logDir: dir,
    say: (line: string) => void said.push(line),
    onChange: () => undefined,
  });

  it('starts again what died, and not what was stopped', async () => {
    const one = supervise(part(`console.log('ready'); setInterval(() => {}, 1000);`), options());
    await one.ready;
    process.kill(one.running()!.pid, 'SIGKILL');
    while (!said.includes('Program is ready again')) await pause(20);
    expect(said[0]).to.equal('Program ended unexpectedly (signal SIGKILL)');
    expect(one.state()).to.equal('running');
    await one.stop();
    expect(one.state()).to.equal('stopped');
    expect(said).to.have.length(3);
  });

  it('quotes the log of a part that ends while starting', async () => {
    const one = supervise(part(`console.error('no such setting: x'); process.exit(3);`), options());
    const error = await one.ready.catch((e: unknown) => e);
    expect(String(error))
      .to.include('Program ended while starting (exit code 3)')
      .and.to.include('no such setting: x');
    await one.stop();
  });
});
