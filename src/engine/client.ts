import { Camunda8 } from '@camunda8/sdk';
import { TryLater } from '../errors.ts';
import { within } from '../within.ts';
import { EngineSilent } from './away.ts';

export type Engine = ReturnType<Camunda8['getZeebeGrpcApiClient']>;

/**
 * A dead connection is noticed after both together. The gateway takes a ping every 30 s for an attack
 * when they come any faster.
 */
const PING_EVERY_MS = 35_000;
const PONG_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;
const DEPLOYED_WITHIN_MS = 60_000;

/**
 * Connects to the engine's gRPC gateway at `address`: `host:port`, or `user:password@host:port` where
 * the gateway asks for a login (what is special in an address is percent-encoded). It connects at the
 * first call. No call waits for ever, and none is repeated behind the caller's back: one that finds
 * nobody fails, and the caller decides when to try again.
 */
export function connectEngine(address: string): Engine {
  const { host, username, password } = new URL(`grpc://${address}`);
  const engine = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${host}`,
    ...(username === ''
      ? { CAMUNDA_OAUTH_DISABLED: true }
      : {
          CAMUNDA_AUTH_STRATEGY: 'BASIC',
          CAMUNDA_BASIC_AUTH_USERNAME: decodeURIComponent(username),
          CAMUNDA_BASIC_AUTH_PASSWORD: decodeURIComponent(password),
        }),
    zeebeGrpcSettings: {
      ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
      ZEEBE_GRPC_CLIENT_EAGER_CONNECT: false,
      ZEEBE_GRPC_CLIENT_RETRY: false,
      GRPC_KEEPALIVE_TIME_MS: PING_EVERY_MS,
      GRPC_KEEPALIVE_TIMEOUT_MS: PONG_WITHIN_MS,
      GRPC_KEEPALIVE_PERMIT_WITHOUT_CALLS: 0,
    },
  }).getZeebeGrpcApiClient();
  limit(engine, ['topology', 'publishMessage']);
  limit(engine, ['completeJob', 'failJob', 'throwError', 'updateJobTimeout']);
  limit(engine, ['deployResources'], DEPLOYED_WITHIN_MS);
  return engine;
}

/** The client has no time limits of its own. */
function limit(engine: Engine, names: (keyof Engine)[], ms = ANSWER_WITHIN_MS): void {
  for (const name of names) {
    const call = (engine[name] as (...args: unknown[]) => Promise<unknown>).bind(engine);
    const limited = (...args: unknown[]) =>
      within(ms, call(...args)).catch((error: unknown) => {
        throw error instanceof TryLater ? new EngineSilent(`engine: ${error.message}`) : error;
      });
    Object.assign(engine, { [name]: limited });
  }
}
