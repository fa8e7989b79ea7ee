import { isIP } from 'node:net';
import { z } from 'zod';
import type { OidcSettings } from './access/oidc.ts';
import { InputError } from './errors.ts';
import { readSetting } from './setting.ts';

const port = z
  .string()
  .regex(/^\d+$/, 'a port, 1-65535')
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, 'a port, 1-65535');
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number, 1-${most}`)
    .transform(Number)
    .refine((number) => number >= 1 && number <= most, `a whole number, 1-${most}`);
const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `an address such as ${example}` });
const secret = z
  .string({ error: 'a text of at least 16 characters' })
  .min(16, 'at least 16 characters');

const roles = ['http', 'workers', 'monitor'] as const;

const environment = z.object({
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/otklik'),
  OTKLIK_GRPC_ADDRESS: z
    .string()
    .regex(/^[^/]+:\d+$/, 'host:port or user:password@host:port')
    .default('localhost:26500'),
  OTKLIK_PORT: port.default(3_000),
  OTKLIK_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, { error: `some of ${roles.join(', ')}` })).min(1)),
  OTKLIK_REGION: z.string().default('region/smolensk'),
  OTKLIK_PUBLIC_URL: url(/^https?$/, 'https://otklik.example').default('http://localhost:3000'),
  OTKLIK_TASKLIST_URL: url(/^https?$/, 'https://tasklist.example').default('http://localhost:8080'),
  OTKLIK_SMTP_URL: url(/^smtps?$/, 'smtp://user:password@host:587').default(
    'smtp://localhost:3125',
  ),
  OTKLIK_MAIL_FROM: z.string().default('Отклик <otklik@localhost>'),
  OTKLIK_LINK_SECRET: secret,
  OTKLIK_WEBHOOK_SECRET: secret.optional(),
  OTKLIK_HOST: z.string().optional(),
  OTKLIK_SESSION_SECRET: secret.optional(),
  OTKLIK_TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().refine(isProxy, 'addresses or networks such as loopback,10.0.0.0/8')))
    .default([]),
  OTKLIK_OIDC_ISSUER: url(/^https?$/, 'https://sso.example/realms/region')
    .refine(isEncrypted, 'an https address (http is for this machine only)')
    .optional(),
  OTKLIK_OIDC_CLIENT_ID: z.string().optional(),
  OTKLIK_OIDC_CLIENT_SECRET: z.string().optional(),
  OTKLIK_OIDC_LOGIN_CLAIM: z.string().default('preferred_username'),
  OTKLIK_METRICS_OPEN: z.enum(['', 'loopback'], { error: 'loopback or nothing' }).default(''),
  OTKLIK_ATTACHMENTS: z.string().default('postgres'),
  OTKLIK_ATTACHMENT_BYTES: whole(10_737_418_240).default(104_857_600),
  OTKLIK_ATTACHMENT_COUNT: whole(100).default(20),
});

function isProxy(part: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(part)) return true;
  const [address = '', bits] = part.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/** The application's settings, all from the environment; `X_FILE` names a file that holds `X`. */
export interface Config {
  databaseUrl: string;
  grpcAddress: string;
  port: number;
  roles: ReadonlySet<(typeof roles)[number]>;
  /** The region's folder, relative to the working directory. */
  region: string;
  publicUrl: string;
  tasklistUrl: string;
  smtpUrl: string;
  mailFrom: string;
  /** Signs the links to messages' pages. */
  linkSecret: string;
  webhookSecret: string | null;
  /** The address to listen on; null: all of the machine's. */
  host: string | null;
  /** Signs forms and sign-ins under way; the secret of the links unless set. */
  sessionSecret: string;
  /** Proxies whose `X-Forwarded-For` is believed, as Express reads them. */
  trustProxy: string[];
  /** Where people sign in; null: with a password of the application's own accounts. */
  oidc: OidcSettings | null;
  /** Whether metrics are read without a token from this machine. */
  metricsOpen: boolean;
  /** Where photos and videos of answers are kept: `postgres` or a folder. */
  attachments: string;
  /** Bytes of one file, and files of one draft. */
  attachmentLimits: { bytes: number; count: number };
}

/**
 * Reads the settings; an empty one counts as not set.
 * @throws InputError that names each wrong one and what is allowed.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { values, faults } = withFiles(env);
  const parsed = environment.safeParse(values);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]);
    if (!faults.has(name)) faults.set(name, `${name}: needs ${message}`);
  }
  if (values['OTKLIK_OIDC_ISSUER'] && !values['OTKLIK_OIDC_CLIENT_ID']) {
    const fault = 'OTKLIK_OIDC_CLIENT_ID: needs the name under which the provider knows Otklik';
    faults.set('OTKLIK_OIDC_CLIENT_ID', fault);
  }
  if (!parsed.success || faults.size > 0) {
    const lines = [...faults.values()].map((fault) => `  ${fault}`);
    throw new InputError(`Wrong settings in the environment:\n${lines.join('\n')}`);
  }
  const it = parsed.data;
  return {
    databaseUrl: it.DATABASE_URL,
    grpcAddress: it.OTKLIK_GRPC_ADDRESS,
    port: it.OTKLIK_PORT,
    roles: new Set(it.OTKLIK_ROLES),
    region: it.OTKLIK_REGION,
    publicUrl: it.OTKLIK_PUBLIC_URL.replace(/\/$/, ''),
    tasklistUrl: it.OTKLIK_TASKLIST_URL.replace(/\/$/, ''),
    smtpUrl: it.OTKLIK_SMTP_URL,
    mailFrom: it.OTKLIK_MAIL_FROM,
    linkSecret: it.OTKLIK_LINK_SECRET,
    webhookSecret: it.OTKLIK_WEBHOOK_SECRET ?? null,
    host: it.OTKLIK_HOST ?? null,
    sessionSecret: it.OTKLIK_SESSION_SECRET ?? it.OTKLIK_LINK_SECRET,
    trustProxy: it.OTKLIK_TRUST_PROXY,
    oidc:
      it.OTKLIK_OIDC_ISSUER === undefined
        ? null
        : {
            issuer: it.OTKLIK_OIDC_ISSUER,
            clientId: it.OTKLIK_OIDC_CLIENT_ID ?? '',
            clientSecret: it.OTKLIK_OIDC_CLIENT_SECRET || null,
            loginClaim: it.OTKLIK_OIDC_LOGIN_CLAIM,
          },
    metricsOpen: it.OTKLIK_METRICS_OPEN === 'loopback',
    attachments: it.OTKLIK_ATTACHMENTS,
    attachmentLimits: { bytes: it.OTKLIK_ATTACHMENT_BYTES, count: it.OTKLIK_ATTACHMENT_COUNT },
  };
}

function isEncrypted(address: string): boolean {
  // What is no address has been told so already.
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** `faults` are by setting. */
function withFiles(env: NodeJS.ProcessEnv): {
  values: Record<string, string>;
  faults: Map<string, string>;
} {
  const values: Record<string, string> = {};
  const faults = new Map<string, string>();
  for (const name of Object.keys(environment.shape)) {
    try {
      const value = readSetting(name, env);
      if (value !== null) values[name] = value;
    } catch (error) {
      faults.set(name, (error as Error).message);
    }
  }
  return { values, faults };
}
