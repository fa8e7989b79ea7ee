import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../src/config.ts';
import { findFiles } from '../src/cli/find-files.ts';
import { readNetworkSettings } from '../src/networks/settings.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string) => readFile(join(ROOT, name), 'utf8');

const dependsOn = z.record(
  z.string(),
  z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }),
);
const healthcheck = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
    interval: z.string(),
    timeout: z.string(),
    retries: z.int(),
    start_period: z.string(),
  }),
]);

/** As much of the Compose specification as the file uses: a key that is mistyped is refused. */
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal('.'), target: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  init: z.boolean(),
  restart: z.enum(['unless-stopped', 'no']),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  mem_limit: z.string(),
  shm_size: z.string().optional(),
  stop_grace_period: z.string().optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: dependsOn.optional(),
  healthcheck,
});
const compose = z.object({
  name: z.string(),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string().startsWith('./secrets/') })),
});

const NETWORKS = join(ROOT, 'region/smolensk/networks.yaml');

/** Is this one of the variables whose names are made of the networks' codes? */
async function changesNetworks(variable: string): Promise<boolean> {
  const given = await readNetworkSettings(NETWORKS, { [variable]: 'http://elsewhere.example' });
  return !isDeepStrictEqual(given, await readNetworkSettings(NETWORKS, {}));
}

describe('docker-compose.yml', () => {
  let file: z.output<typeof compose>;
  let production: [name: string, service: z.output<typeof service>][];
  before(async () => {
    file = compose.parse(parse(await read('docker-compose.yml'), { merge: true }));
    production = Object.entries(file.services).filter(([, { profiles }]) => !profiles);
  });

  it('names nothing that is not there', () => {
    for (const [name, it] of Object.entries(file.services)) {
      for (const secret of it.secrets ?? []) expect(file.secrets, name).to.have.property(secret);
      for (const network of it.networks) expect(file.networks, name).to.have.property(network);
      for (const volume of it.volumes ?? []) {
        expect(file.volumes, name).to.have.property(volume.split(':')[0] ?? '');
      }
      for (const [other, { condition }] of Object.entries(it.depends_on ?? {})) {
        expect(file.services, name).to.have.property(other);
        const isHealthy = condition === 'service_healthy';
        expect('test' in file.services[other]!.healthcheck, `${name} waits`).to.equal(isHealthy);
      }
    }
    const used = Object.values(file.services).flatMap(({ secrets }) => secrets ?? []);
    expect([...new Set(used)]).to.have.members(Object.keys(file.secrets));
  });

  it('pins every image to one version', () => {
    for (const [name, { image }] of Object.entries(file.services)) {
      expect(image, name).to.match(/^[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?$/);
    }
    expect(file.services['camunda']?.image).to.equal('camunda/camunda:8.9.17');
  });

  it('publishes the pages on this machine only, and no port of the broker or a database', () => {
    const published = Object.fromEntries(
      Object.entries(file.services).map(([name, { ports }]) => [name, ports ?? []]),
    );
    expect(published).to.deep.equal({
      database: [],
      'camunda-database': [],
      camunda: ['127.0.0.1:8080:8080'],
      setup: [],
      application: ['127.0.0.1:3000:3000'],
      sandbox: ['127.0.0.1:3100:3100'],
    });
    expect(file.networks['inside']).to.deep.equal({ internal: true });
    for (const database of ['database', 'camunda-database']) {
      expect(file.services[database]?.networks, database).to.deep.equal(['inside']);
    }
  });

  it('limits the memory of each service, checks its health and keeps its data', () => {
    for (const [name, it] of Object.entries(file.services)) {
      expect(it.mem_limit, name).to.match(/^\d+[mg]$/);
      if (name !== 'setup') expect(it.healthcheck, name).to.have.property('test');
    }
    const kept = {
      database: 'database',
      'camunda-database': 'camunda-database',
      camunda: 'camunda',
    };
    for (const [name, volume] of Object.entries(kept)) {
      expect(file.services[name]?.volumes?.[0], name).to.match(new RegExp(`^${volume}:/`));
    }
  });

  it('holds no password: secrets come from files', () => {
    const secret = /PASSWORD|SECRET|TOKEN|DATABASE_URL|GRPC_ADDRESS|SMTP_URL/;
    const fromFile = /^(\/run\/secrets\/[\w-]+|\$\$\{[\w-]+\})$/;
    for (const [name, { environment, secrets }] of production) {
      for (const [variable, value] of Object.entries(environment)) {
        if (secret.test(variable)) {
          expect(value, `${name}: ${variable}`).to.match(fromFile);
          const file = /[\w-]+(?=\}?$)/.exec(value)?.[0];
          expect(secrets, `${name}: ${variable}`).to.include(file);
        }
        expect(value, `${name}: ${variable}`).not.to.match(/:\/\/[^/]*:[^/]*@/);
        expect(value, `${name}: ${variable}`).not.to.match(/^\$\{\w*(PASSWORD|SECRET|TOKEN)\w*:?-/);
      }
    }
  });

  it('asks for what has no sensible default', () => {
    const { environment } = file.services['application']!;
    for (const name of ['OTKLIK_PUBLIC_URL', 'OTKLIK_TASKLIST_URL', 'OTKLIK_MAIL_FROM']) {
      expect(environment[name]).to.match(new RegExp(`^\\$\\{${name}:\\?`));
    }
  });

  it('sets nothing that the application or the sandbox does not read', async () => {
    const sources = await findFiles(['src', 'sandbox'], '.ts');
    const code = (
      await Promise.all(sources.filter((it) => !it.includes('.test.')).map(read))
    ).join();
    for (const name of ['application', 'setup', 'sandbox']) {
      for (const variable of Object.keys(file.services[name]!.environment)) {
        if (await changesNetworks(variable)) continue;
        const read = [variable, variable.replace(/_FILE$/, '')].some((it) =>
          new RegExp(`\\b${it}\\b`).test(code),
        );
        expect(read, variable).to.be.true;
      }
    }
  });

  it("gives settings that the application's own check accepts", () => {
    const { environment } = file.services['application']!;
    const filled: Record<string, string> = {};
    for (const [name, value] of Object.entries(environment)) {
      const [, operator, text] = /^\$\{\w+(:[?-])(.*)\}$/.exec(value) ?? [];
      const given = operator === ':?' ? 'https://otklik.example' : (text ?? value);
      if (!name.endsWith('_FILE')) filled[name] = given;
    }
    const config = readConfig({
      ...filled,
      DATABASE_URL: 'postgresql://otklik:secret@database:5432/otklik',
      OTKLIK_GRPC_ADDRESS: 'otklik:secret@camunda:26500',
      OTKLIK_LINK_SECRET: 'sixteen characters or more',
      OTKLIK_SMTP_URL: 'smtps://user:secret@mail.example:465',
    });
    expect(config).to.include({ region: 'region/smolensk', port: 3000 });
  });
});

describe('Dockerfile', () => {
  it('builds the targets that docker-compose.yml names, none of them run by root', async () => {
    const [, ...stages] = (await read('Dockerfile')).split(/^FROM /m);
    const targets = stages.map((stage) => / AS (\w+)/.exec(stage)?.[1]);
    expect(targets).to.deep.equal(['base', 'sandbox', 'application']);
    for (const stage of stages.slice(1)) expect(stage).to.match(/^USER node$/m);
    expect(stages[0]).to.match(/^node:20\.\d+\.\d+-bookworm-slim /);
    expect(stages[2]).to.contain('npm ci --omit=dev').and.to.contain('/health/live');
  });

  it('copies what .dockerignore lets through', async () => {
    const copied = [...(await read('Dockerfile')).matchAll(/^COPY (.+) \S+$/gm)].flatMap(
      ([, names]) => names?.split(' ') ?? [],
    );
    const ignore = (await read('.dockerignore')).split('\n');
    for (const name of copied) expect(ignore, name).to.include(`!${name}`);
  });
});
