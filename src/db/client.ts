import type { Writable } from 'node:stream';
import pg from 'pg';

const NO_ANSWER = 'Query read timeout';
/** What TypeORM builds, and what is built here like it; SQL written by hand begins in lower case. */
const BUILT = /^(SELECT|INSERT|UPDATE|DELETE) /;
/** A list of values makes a statement for each of its lengths: there is an end to what a server keeps. */
const MOST_NAMES = 500;
const names = new Map<string, string>();

const BEGIN = 'START TRANSACTION';
const BEGUN = { command: 'START', rows: [], rowCount: null };

/**
 * A connection of the pool. It ends when a statement was not answered in time: what follows on it would
 * not be either. Statements that find rows by their keys are planned by the server once a connection;
 * those written by hand look over many rows, and are planned for their values each time, but for those
 * that say `plannedOnce`. What is asked before the application waits for something else goes out together,
 * and so does the beginning of a transaction with its first statements: each packet costs as much as a
 * small statement.
 */
export class Client extends pg.Client {
  #gathering = false;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
    // Pool and TypeORM take turns listening, and between them nobody does: whoever asks is told anyway.
    this.on('error', () => undefined);
  }

  override query(...args: never[]): never {
    const [text, values] = args as unknown[];
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
    const named = name === undefined ? args : [{ name, text, values }];
    this.#gather();
    const result: unknown = (super.query as (...args: unknown[]) => unknown)(...named);
    if (!(result instanceof Promise)) return result as never;
    if (text === BEGIN) {
      // Nothing may be done outside of a transaction that did not begin.
      result.catch((error: Error) => this.#stream.destroy(error));
      return Promise.resolve(BEGUN) as never;
    }
    return result.catch((error: unknown) => {
      if (error instanceof Error && error.message === NO_ANSWER) this.#stream.destroy(error);
      throw error;
    }) as never;
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#stream.cork();
    process.nextTick(() => {
      this.#gathering = false;
      this.#stream.uncork();
    });
  }

  get #stream(): Writable {
    return (this as unknown as { connection: { stream: Writable } }).connection.stream;
  }
}

/**
 * A statement written by hand, asked often and with a list of values, that one plan fits whatever they are.
 */
export function plannedOnce(text: string): string {
  if (!names.has(text)) names.set(text, `otklik_${names.size}`);
  return text;
}

/** The same for the same text, on all connections. */
function nameOf(text: string): string | undefined {
  if (BUILT.test(text) && !names.has(text) && names.size < MOST_NAMES) plannedOnce(text);
  return names.get(text);
}
