import { Command } from 'commander';
import { isEngineAway } from '../engine/away.ts';
import { connectEngine, type Engine } from '../engine/client.ts';
import { deploy } from '../engine/deploy.ts';
import { assertDeployable } from '../engine/lint.ts';
import { InputError, TryLater } from '../errors.ts';
import { readSetting } from '../setting.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 3_000;
/** gRPC's code for what the engine finds wrong with a diagram, a table or a form. */
const INVALID_ARGUMENT = 3;

/** `otklik deploy`: checks `bpmn/` and deploys it to the engine at `OTKLIK_GRPC_ADDRESS`. */
export function deployCommand(): Command {
  return new Command('deploy')
    .description('проверить схему процесса, таблицу и формы и передать их в Camunda')
    .option('--dir <папка>', 'где они лежат', 'bpmn')
    .action(async ({ dir }: { dir: string }) => {
      await assertDeployable(dir);
      const address = readSetting('OTKLIK_GRPC_ADDRESS') ?? 'localhost:26500';
      const engine = connectEngine(address);
      try {
        await assertReachable(engine, address);
        const deployed = await deploy(engine, dir).catch(refused);
        process.stdout.write(`${deployed.map((name) => `✓ ${name}`).join('\n')}\n`);
      } finally {
        await engine.close();
      }
    });
}

/** `address` may hold a login, which is not shown. */
async function assertReachable(engine: Engine, address: string): Promise<void> {
  await within(PATIENCE_MS, engine.topology()).catch((error: unknown) => {
    if (!isEngineAway(error) && !(error instanceof TryLater)) throw error;
    throw new InputError(
      `Camunda по адресу ${address.replace(/^.*@/, '')} не отвечает: запустите её или укажите адрес в OTKLIK_GRPC_ADDRESS`,
    );
  });
}

function refused(error: Error & { code?: number; details?: string }): never {
  if (error.code !== INVALID_ARGUMENT) throw error;
  throw new InputError(`Camunda не приняла схему: ${error.details ?? error.message}`);
}
