import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { resetStack, stackStatus, stopStack } from './control.ts';
import { openDataDir } from './data-dir.ts';
import { identify, thisProcess } from './identity.ts';
import { readSettings, type StackSettings } from './settings.ts';
import { readState, writeState } from './state.ts';

describe('control of a running stack', () => {
  let settings: StackSettings;
  beforeEach(async () => {
    settings = { ...readSettings({}), dataDir: await mkdtemp(join(tmpdir(), 'otklik-control-')) };
  });
  afterEach(() => rm(settings.dataDir, { recursive: true, force: true }));

  const startedAt = '2026-11-24T12:00:00.000Z';

  it('asks the launcher to stop and waits for its end', async () => {
    const launcher = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(launcher, 'spawn');
    const ended = once(launcher, 'exit');
    const running = { pid: launcher.pid!, identity: (await identify(launcher.pid!))! };
    await writeState(settings.dataDir, { launcher: running, startedAt, parts: [] });
    expect((await stackStatus(settings))[0]).to.include({ state: 'running', pid: launcher.pid });
    expect(await stopStack(settings)).to.equal(true);
    expect(await ended).to.deep.equal([null, 'SIGTERM']);
    expect(await readState(settings.dataDir)).to.equal(null);
  });

  it('never signals a process that only has the number of the launcher', async () => {
    const launcher = { pid: process.pid, identity: 'an earlier one' };
    await writeState(settings.dataDir, { launcher, startedAt, parts: [] });
    expect(await stopStack(settings)).to.equal(false);
  });

  it('deletes the data of a stack that does not run', async () => {
    await openDataDir(settings.dataDir);
    await writeState(settings.dataDir, { launcher: await thisProcess(), startedAt, parts: [] });
    const refused = await resetStack(settings).catch((e: unknown) => e);
    expect(refused).to.be.instanceOf(InputError);
    await rm(join(settings.dataDir, 'stack.json'));
    await resetStack(settings);
    expect(await readdir(settings.dataDir).catch(() => 'gone')).to.equal('gone');
  });

  it('does not delete a folder that it did not create', async () => {
    await writeFile(join(settings.dataDir, 'thesis.txt'), '');
    await openDataDir(settings.dataDir);
    const refused = await resetStack(settings).catch((e: unknown) => e);
    expect(String(refused)).to.include('was not created by the stack');
  });
});
