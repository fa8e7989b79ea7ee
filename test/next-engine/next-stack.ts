import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { startChild, logTail } from '../../stack/child.ts';
import { findJava } from '../../stack/java.ts';
import { jvmOptions } from '../../stack/jvm.ts';
import { fetchEngine88 } from '../../stack/parts.ts';
import { freePorts } from '../../stack/ports.ts';
import { readSettings } from '../../stack/settings.ts';
import type { Stack } from '../../stack/stack.ts';
import { eventually } from '../system/wait.ts';

const LAUNCHER = join(import.meta.dirname, 'Engine.java');

/**
 * A stack whose engine is Zeebe 8.8, in memory, beside a database that is there. Its jars come by Maven,
 * once; its launcher is run from source, so the Java must be a whole JDK. Should this process be killed,
 * the engine stops by itself.
 */
export async function startNextStack(databaseUrl: string): Promise<Stack> {
  const java = await findJava();
  const { cacheDir } = readSettings({ ...process.env, DATABASE_URL: '' });
  const jars = await fetchEngine88(cacheDir, java, () => undefined);
  const { grpc, brokerRest } = await freePorts();
  const logDir = await mkdtemp(join(tmpdir(), 'otklik-test-engine-'));
  const engine = await startChild(
    {
      name: 'engine',
      command: java.path,
      args: [
        ...jvmOptions(512),
        ...['-cp', join(jars, '*'), LAUNCHER, String(grpc), String(brokerRest)],
      ],
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    logDir,
  );
  const stop = async (): Promise<void> => {
    await engine.stop();
    await rm(logDir, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${brokerRest}`;
  try {
    let death: string | null = null;
    void engine.ended.then((how) => (death = how));
    await eventually('the engine to answer', async () => {
      if (death !== null) throw new Error(`the engine ended: ${death}`);
      return fetch(url, { method: 'POST', body: '{}' }).catch(() => null);
    });
  } catch (error) {
    const tail = await logTail(logDir, 'engine');
    await stop();
    throw new Error(`${(error as Error).message}\n${tail}`, { cause: error });
  }
  const urls = {
    databaseUrl,
    grpcAddress: `localhost:${grpc}`,
    brokerRest: url,
    opensearch: url,
    tasklist: null,
  };
  return { urls, stop };
}
