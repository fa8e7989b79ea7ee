import { Client } from './client.ts';

/** How long a connection may take to come about, and how long one waits for a free one. */
const CONNECT_MS = 10_000;
/** The server gives a statement up after this long. */
const STATEMENT_MS = 30_000;
/** Then even the server has had its time: nobody answers on this connection any more. */
const SILENCE_MS = STATEMENT_MS + 5_000;
/** A schema change may rewrite a table. */
const MIGRATION_MS = 10 * 60_000;

/**
 * Sooner than silence is noticed: a connection that died unused is gone before it is taken for a live one.
 * Long enough to find its plans again when work comes in waves (ADR 0027).
 */
const IDLE_MS = 30_000;
/** Unused, it is asked for a sign of life after this long, and then every second; ten without one end it. */
const SIGN_OF_LIFE_MS = 5_000;

/** Settings of the sessions of the application's pool: nothing waits for ever on a silent server or network. */
export const patience = { connections: 20, statementMs: STATEMENT_MS, silenceMs: SILENCE_MS };
/** For changes of the schema. */
export const migrationPatience = {
  connections: 2,
  statementMs: MIGRATION_MS,
  silenceMs: MIGRATION_MS,
};

/** The driver's own settings. */
export function sessionSettings({ connections, statementMs, silenceMs }: typeof patience): object {
  const server = {
    timezone: 'UTC',
    statement_timeout: statementMs,
    // The server frees the locks of one that vanished in the midst of its work.
    idle_in_transaction_session_timeout: statementMs,
    tcp_keepalives_idle: 30,
    tcp_keepalives_interval: 10,
    tcp_keepalives_count: 3,
    tcp_user_timeout: 60_000,
    // Disks without moving parts read any page as soon as the next one, and a second worker takes
    // longer to begin than most queries take to end.
    random_page_cost: 1.1,
    parallel_setup_cost: 10_000,
  };
  return {
    Client,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    query_timeout: silenceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: SIGN_OF_LIFE_MS,
    options: Object.entries(server)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  };
}
