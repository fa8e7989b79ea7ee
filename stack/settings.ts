import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '../src/errors.ts';

/** Every port the stack listens on; all are bound to the loopback address only. */
export interface Ports {
  tasklist: number;
  brokerRest: number;
  grpc: number;
  brokerCommand: number;
  brokerInternal: number;
  /** Health and metrics. */
  brokerManagement: number;
  /** Health and metrics. */
  webappsManagement: number;
  /** The web applications' embedded gateway, which speaks to the broker through it. */
  webappsInternal: number;
  opensearch: number;
  postgres: number;
}

export interface StackSettings {
  /** Absolute. Holds everything that must outlive a restart, and the logs. */
  dataDir: string;
  /** Absolute. Engine parts, shared by all projects of this user. */
  cacheDir: string;
  ports: Ports;
  /** A PostgreSQL of one's own; null starts the bundled one. */
  databaseUrl: string | null;
  /** Every record goes to OpenSearch at once (tests): user tasks are seen within half a second. */
  fastExport: boolean;
}

/** The setting that moves each port: named in errors. */
export const portSettings: Record<keyof Ports, string> = {
  tasklist: 'OTKLIK_TASKLIST_PORT',
  brokerRest: 'OTKLIK_BROKER_REST_PORT',
  grpc: 'OTKLIK_GRPC_PORT',
  brokerCommand: 'OTKLIK_BROKER_COMMAND_PORT',
  brokerInternal: 'OTKLIK_BROKER_INTERNAL_PORT',
  brokerManagement: 'OTKLIK_BROKER_MANAGEMENT_PORT',
  webappsManagement: 'OTKLIK_WEBAPPS_MANAGEMENT_PORT',
  webappsInternal: 'OTKLIK_WEBAPPS_INTERNAL_PORT',
  opensearch: 'OTKLIK_OPENSEARCH_PORT',
  postgres: 'OTKLIK_POSTGRES_PORT',
};

/** The class that launches OpenSearch looks for a port no higher than this. */
export const highestOpensearchPort = 9299;

const port = (highest = 65535) => {
  const error = `a port is a whole number from 1024 to ${highest}`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number().min(1024, error).max(highest, error));
};

const flag = z.enum(['0', '1'], '1 is yes, 0 is no').transform((value) => value === '1');

const environment = z.object({
  OTKLIK_DATA: z.string().default('.data'),
  OTKLIK_CACHE: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
  OTKLIK_TASKLIST_PORT: port().default(8080),
  OTKLIK_BROKER_REST_PORT: port().default(8090),
  OTKLIK_GRPC_PORT: port().default(26500),
  OTKLIK_BROKER_COMMAND_PORT: port().optional(),
  OTKLIK_BROKER_INTERNAL_PORT: port().optional(),
  OTKLIK_BROKER_MANAGEMENT_PORT: port().default(9600),
  OTKLIK_WEBAPPS_MANAGEMENT_PORT: port().default(9602),
  OTKLIK_WEBAPPS_INTERNAL_PORT: port().optional(),
  OTKLIK_OPENSEARCH_PORT: port(highestOpensearchPort).default(9201),
  OTKLIK_POSTGRES_PORT: port().default(55432),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'an address such as postgres://user:password@host:5432/name')
    .optional(),
  OTKLIK_FAST_EXPORT: flag.default(false),
});

const projectDir = resolve(import.meta.dirname, '..');

/**
 * Settings of the local stack from environment variables; an empty variable counts as unset.
 * Throws InputError that names every faulty variable, what it holds and what is allowed.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): StackSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new InputError(faults(parsed.error, given));
  const values = parsed.data;
  const ports: Ports = {
    tasklist: values.OTKLIK_TASKLIST_PORT,
    brokerRest: values.OTKLIK_BROKER_REST_PORT,
    grpc: values.OTKLIK_GRPC_PORT,
    brokerCommand: values.OTKLIK_BROKER_COMMAND_PORT ?? values.OTKLIK_GRPC_PORT + 1,
    brokerInternal: values.OTKLIK_BROKER_INTERNAL_PORT ?? values.OTKLIK_GRPC_PORT + 2,
    brokerManagement: values.OTKLIK_BROKER_MANAGEMENT_PORT,
    webappsManagement: values.OTKLIK_WEBAPPS_MANAGEMENT_PORT,
    webappsInternal: values.OTKLIK_WEBAPPS_INTERNAL_PORT ?? values.OTKLIK_GRPC_PORT + 3,
    opensearch: values.OTKLIK_OPENSEARCH_PORT,
    postgres: values.OTKLIK_POSTGRES_PORT,
  };
  refuseSharedPorts(ports);
  return {
    dataDir: resolve(projectDir, values.OTKLIK_DATA),
    cacheDir: resolve(
      values.OTKLIK_CACHE ?? join(values.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'otklik'),
    ),
    ports,
    databaseUrl: values.DATABASE_URL ?? null,
    fastExport: values.OTKLIK_FAST_EXPORT,
  };
}

function faults(error: z.ZodError, given: NodeJS.ProcessEnv): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    // An address may hold a password.
    const value = name === 'DATABASE_URL' ? '…' : String(given[name]);
    return `  ${name}=${value}: ${issue.message}`;
  });
  return ['Settings of the local stack are wrong:', ...lines].join('\n');
}

function refuseSharedPorts(ports: Ports): void {
  const owners = new Map<number, string>();
  for (const [name, number] of Object.entries(ports) as [keyof Ports, number][]) {
    const other = owners.get(number);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${portSettings[name]} are both ${number}: give each its own`,
      );
    }
    owners.set(number, portSettings[name]);
  }
}
