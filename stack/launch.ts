import { join } from 'node:path';
import { portFrom } from '../sandbox/port.ts';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { startApplication } from '../src/application.ts';
import { readConfig, type Config } from '../src/config.ts';
import { openDatabase } from '../src/db/data-source.ts';
import { connectEngine } from '../src/engine/client.ts';
import { deploy } from '../src/engine/deploy.ts';
import { assertDeployable } from '../src/engine/lint.ts';
import { InputError } from '../src/errors.ts';
import { log } from '../src/log.ts';
import { importRegion } from '../src/registry/import.ts';
import { PageEdits } from '../src/registry/versions.ts';
import { regionIn } from '../src/registry/load.ts';
import type { RegionDefinition } from '../src/registry/region.ts';
import { isDemo, prepareAccounts } from './demo-accounts.ts';
import { DEMO_PASSWORD, demoUsers } from './demo-users.ts';
import { untilFormsKnown } from './forms.ts';
import { linkSecret } from './link-secret.ts';
import { readSettings, type StackSettings } from './settings.ts';
import { startStack, type Stack } from './stack.ts';
import { ensureUsers } from './users.ts';
import { welcome } from './welcome.ts';

const BPMN = new URL('../bpmn', import.meta.url).pathname;

export interface LaunchOptions {
  sandbox: boolean;
  stack: boolean;
}

/** Starts everything in order and resolves once a post would be taken in; `stop` undoes it. */
export async function launch(
  options: LaunchOptions,
  say: (line: string) => void,
): Promise<{ stop: () => Promise<void> }> {
  log.level = process.env['OTKLIK_LOG_LEVEL'] ?? 'warn';
  const settings = readSettings();
  const region = await regionIn(process.env['OTKLIK_REGION'] ?? 'region/smolensk');
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const stack = options.stack ? await startStack(settings, { log: say }) : null;
    if (stack) stops.push(() => stack.stop());
    const sandbox = options.sandbox ? await openSandbox(settings) : null;
    if (sandbox) stops.push(() => sandbox.close());

    Object.assign(process.env, await environment(settings, stack, sandbox));
    const config = readConfig(process.env);
    await prepare(config, region, isDemo(options, config), say);
    if (stack) await prepareTasklist(stack, region, say);

    const application = await startApplication(config);
    stops.push(() => application.stop());
    say(welcome(config, region, sandbox?.url ?? null, stack === null ? null : DEMO_PASSWORD));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What keeps the sandbox from starting is its ports, which its user can put right. */
async function openSandbox(settings: StackSettings): Promise<Sandbox> {
  try {
    return await createSandbox({
      port: portFrom(process.env, 'OTKLIK_SANDBOX_PORT', 3100),
      smtpPort: portFrom(process.env, 'OTKLIK_SANDBOX_SMTP_PORT', 3125),
      dataDir: settings.dataDir,
    });
  } catch (error) {
    throw new InputError(`Sandbox: ${(error as Error).message}`, { cause: error });
  }
}

/** What the application is told about the parts that were started for it; settings of one's own win. */
async function environment(
  settings: StackSettings,
  stack: Stack | null,
  sandbox: Sandbox | null,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {
    OTKLIK_LINK_SECRET: await linkSecret(join(settings.dataDir, 'link-secret')),
    OTKLIK_PUBLIC_URL: `http://localhost:${process.env['OTKLIK_PORT'] || 3000}`,
  };
  if (stack) {
    found['DATABASE_URL'] = stack.urls.databaseUrl;
    found['OTKLIK_GRPC_ADDRESS'] = stack.urls.grpcAddress;
    if (stack.urls.tasklist) found['OTKLIK_TASKLIST_URL'] = stack.urls.tasklist;
  }
  if (sandbox) {
    found['OTKLIK_VK_API_BASE'] = sandbox.vk.url;
    found['OTKLIK_VK_PERMALINK_BASE'] = sandbox.vk.url;
    found['OTKLIK_VK_USER_TOKEN'] = 'sandbox-user-token';
    found['OTKLIK_VK_GROUP_TOKEN'] = 'sandbox-group-token';
    found['OTKLIK_VK_POLL_EVERY'] = 'PT2S';
    found['OTKLIK_OK_API_BASE'] = sandbox.ok.url;
    found['OTKLIK_OK_PERMALINK_BASE'] = sandbox.ok.url;
    found['OTKLIK_OK_APPLICATION_KEY'] = sandbox.ok.options.applicationKey;
    found['OTKLIK_OK_APPLICATION_SECRET'] = sandbox.ok.options.applicationSecret;
    found['OTKLIK_OK_ACCESS_TOKEN'] = sandbox.ok.options.accessToken;
    found['OTKLIK_OK_POLL_EVERY'] = 'PT5S';
    const { apiKey, apiSecret, accessToken, accessSecret } = sandbox.x.options.keys;
    found['OTKLIK_X_API_BASE'] = sandbox.x.url;
    found['OTKLIK_X_PERMALINK_BASE'] = sandbox.x.url;
    found['OTKLIK_X_API_KEY'] = apiKey;
    found['OTKLIK_X_API_SECRET'] = apiSecret;
    found['OTKLIK_X_ACCESS_TOKEN'] = accessToken;
    found['OTKLIK_X_ACCESS_SECRET'] = accessSecret;
    // Its stand-in counts calls as X does: 300 searches in 15 minutes.
    found['OTKLIK_X_POLL_EVERY'] = 'PT5S';
    // Known passwords are for this machine only.
    if (stack) found['OTKLIK_HOST'] = 'localhost';
    for (const network of ['facebook', 'instagram'] as const) {
      const { url, options } = sandbox[network];
      const name = network.toUpperCase();
      found[`OTKLIK_${name}_API_BASE`] = url;
      found[`OTKLIK_${name}_PERMALINK_BASE`] = url;
      found[`OTKLIK_${name}_POLL_EVERY`] = 'PT2S';
      found[`OTKLIK_${name}_TOKEN`] = options.token;
      found['OTKLIK_META_APP_SECRET'] = options.appSecret;
    }
    found['OTKLIK_SMTP_URL'] = `smtp://localhost:${sandbox.mail.port}`;
  }
  return Object.fromEntries(
    // An empty variable counts as unset.
    Object.entries(found).map(([name, value]) => [name, process.env[name] || value]),
  );
}

async function prepare(
  { databaseUrl, grpcAddress }: Config,
  region: RegionDefinition,
  demo: boolean,
  say: (line: string) => void,
): Promise<void> {
  say(`Loading ${region.settings.name}…`);
  const db = await openDatabase(databaseUrl);
  try {
    await importRegion(db, region).catch((error: unknown) => {
      if (!(error instanceof PageEdits)) throw error;
      say('The registry was changed on the page: the files of the region are not loaded.');
    });
    await prepareAccounts(db, region, demo);
  } finally {
    await db.destroy();
  }
  say('Deploying the process…');
  await assertDeployable(BPMN);
  const engine = connectEngine(grpcAddress);
  await deploy(engine, BPMN).finally(() => engine.close());
}

async function prepareTasklist(
  stack: Stack,
  region: RegionDefinition,
  say: (line: string) => void,
): Promise<void> {
  say('Waiting until Tasklist knows the forms…');
  await ensureUsers(stack.urls.opensearch, demoUsers(region));
  await untilFormsKnown(stack.urls.opensearch, join(BPMN, 'forms'));
}
