import type { Writable } from 'node:stream';
import pg from 'pg';

const NO_ANSWER = 'Query read timeout';
/** What TypeORM builds, and what is built here like it; SQL written by hand begins in lower case. */
const BUILT = /^(SELECT|INSERT|UPDATE|DELETE) /;
/** A list of values makes a statement for each of its lengths: there is an end to what a server keeps. */
const MOST_NAMES = 500;
const names = new Map<string, string>();

const BEGIN = 'START TRANSACTION';
const COMMIT = 'COMMIT';
/** Sent like all others, so that they go and are answered together with these. */
const BOUNDS: readonly unknown[] = [BEGIN, COMMIT, 'ROLLBACK'];
const BEGUN = { command: 'START', rows: [], rowCount: null };

/** A statement was not carried out, since one before it in its transaction had failed. */
export class NotCarriedOut extends Error {
  override readonly name = 'NotCarriedOut';
}

/** What failed in a transaction makes the server answer a COMMIT with this, and with no error. */
function committed(result: { command: string }): { command: string } {
  if (result.command === 'ROLLBACK') throw new NotCarriedOut('a statement failed: rolled back');
  return result;
}

/** Of the driver's insides: what it writes, and what it does with the answers. */
interface Insides {
  connection: pg.Connection & {
    stream: Writable;
    submittedNamedStatements: Record<string, string>;
  };
  _sentQueryQueue: { name?: string; handleError(error: Error, connection: unknown): void }[];
  _txStatus: string | null;
  _handleReadyForQuery(message: { status: string | null }): void;
  _handleCommandComplete(message: unknown): void;
  _handleEmptyQuery(message: unknown): void;
  _handleErrorMessage(error: unknown): void;
}
const Driver = pg.Client as unknown as new (config?: pg.ClientConfig) => pg.Client & Insides;

/**
 * A connection of the pool. It ends when a statement was not answered in time: what follows on it would
 * not be either. Statements that find rows by their keys are planned by the server once a connection;
 * those written by hand look over many rows, and are planned for their values each time, but for those
 * that say `plannedOnce`. What is asked before the application waits for something else goes out together,
 * and so does the beginning of a transaction with its first statements: each packet costs as much as a
 * small statement. The server answers such a group with one packet, too: the driver asks it to answer
 * (`Sync`) after each statement, which here is done once a group. What follows one that fails is skipped.
 */
export class Client extends Driver {
  #gathering = false;
  /** Statements written since the server was last asked to answer. */
  #written = 0;
  /** Of each group that the server will answer, how many statements are not answered yet. */
  readonly #groups: number[] = [];
  readonly #sync: () => void;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
    // Pool and TypeORM take turns listening, and between them nobody does: whoever asks is told anyway.
    this.on('error', () => undefined);
    const { connection } = this;
    const sync = connection.sync.bind(connection);
    const query = connection.query.bind(connection);
    const close = connection.close.bind(connection);
    this.#sync = () => {
      if (this.#written === 0) return;
      this.#groups.push(this.#written);
      this.#written = 0;
      sync();
    };
    let givenUp = false;
    connection.sync = () => {
      this.#written += 1;
      if (givenUp) this.#sync();
      else this.#gather();
      givenUp = false;
    };
    // The server answers it without being asked to.
    connection.query = (text) => {
      this.#sync();
      this.#groups.push(1);
      query(text);
    };
    // The driver gives a statement up, which must be the last of its group: it will not be completed.
    connection.close = (what, more) => {
      givenUp = true;
      close(what, more);
    };
  }

  override query(...args: never[]): never {
    const [text, given] = args as unknown[];
    const values = BOUNDS.includes(text) ? [] : given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
    const named = name === undefined ? args : [{ name, text, values }];
    this.#gather();
    const result: unknown = (super.query as (...args: unknown[]) => unknown)(...named);
    if (!(result instanceof Promise)) return result as never;
    if (text === BEGIN) {
      // Nothing may be done outside of a transaction that did not begin.
      result.catch((error: Error) => this.connection.stream.destroy(error));
      return Promise.resolve(BEGUN) as never;
    }
    return (text === COMMIT ? result.then(committed) : result).catch((error: unknown) => {
      if (error instanceof Error && error.message === NO_ANSWER)
        this.connection.stream.destroy(error);
      throw error;
    }) as never;
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.connection.stream.cork();
    process.nextTick(() => {
      this.#gathering = false;
      this.#sync();
      this.connection.stream.uncork();
    });
  }

  override _handleReadyForQuery(message: { status: string | null }): void {
    this.#groups.shift();
    super._handleReadyForQuery(message);
  }

  override _handleCommandComplete(message: unknown): void {
    super._handleCommandComplete(message);
    this.#answered();
  }

  override _handleEmptyQuery(message: unknown): void {
    super._handleEmptyQuery(message);
    this.#answered();
  }

  /** The driver takes a statement for answered once the server is ready: here, once it turns to the next. */
  #answered(): void {
    const left = this.#groups[0] ?? 1;
    if (left === 1) return;
    this.#groups[0] = left - 1;
    super._handleReadyForQuery({ status: this._txStatus });
  }

  override _handleErrorMessage(error: unknown): void {
    super._handleErrorMessage(error);
    const left = this.#groups[0] ?? 1;
    if (left === 1) return;
    this.#groups[0] = 1;
    for (const skipped of this._sentQueryQueue.splice(0, left - 1)) {
      if (skipped.name !== undefined) delete this.connection.submittedNamedStatements[skipped.name];
      skipped.handleError(new NotCarriedOut('a statement before it failed'), this.connection);
    }
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
  if ((BUILT.test(text) || BOUNDS.includes(text)) && !names.has(text) && names.size < MOST_NAMES)
    plannedOnce(text);
  return names.get(text);
}
