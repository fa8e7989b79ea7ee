import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.ts';
import { readSettings, type StackSettings } from './settings.ts';
import { startStack, type Stack } from './stack.ts';

/** Settings of a stack of its own for tests: an empty data folder, free ports, records exported at once. */
export async function temporarySettings(): Promise<StackSettings> {
  return {
    ...readSettings({ ...process.env, DATABASE_URL: '' }),
    dataDir: await mkdtemp(join(tmpdir(), 'otklik-stack-')),
    ports: await freePorts(),
    fastExport: true,
  };
}

/** Starts such a stack; its `stop` deletes the data too. */
export async function startTemporaryStack(options: {
  log: (line: string) => void;
  parts: { webapps: boolean };
  /** Off where throughput matters more than seeing each record at once. */
  fastExport?: boolean;
}): Promise<Stack> {
  const settings = { ...(await temporarySettings()), fastExport: options.fastExport ?? true };
  const remove = () => rm(settings.dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack(settings, options);
    return { urls: stack.urls, stop: () => stack.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
