import { log } from './log.ts';
import { startLoop, type Loop } from './loop.ts';
import { within } from './within.ts';

const ANSWER_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 5_000;

export type PartName = 'database' | 'engine' | 'mail';

/** Something outside that the application needs, and since when it is away. */
export interface Part {
  readonly name: PartName;
  /** Null while it answers. */
  readonly awaySince: Date | null;
  /** Tells that it answered. */
  found: () => void;
  /** Tells that it is away; the log says so once, and once more when it is back. */
  lost: (error: unknown) => void;
  /** Asks it. */
  check: () => Promise<void>;
}

/** `probe` throws when the part is away. */
export function createPart(name: PartName, probe: () => Promise<unknown>): Part {
  let awaySince: Date | null = null;
  let checking: Promise<void> | null = null;
  const found = () => {
    if (awaySince === null) return;
    const awayMs = Date.now() - awaySince.getTime();
    awaySince = null;
    log.info({ part: name, awayMs }, 'is back');
  };
  const lost = (error: unknown) => {
    if (awaySince !== null) return;
    awaySince = new Date();
    log.warn({ part: name, reason: reasonOf(error) }, 'is away, waiting for it');
  };
  return {
    name,
    get awaySince() {
      return awaySince;
    },
    found,
    lost,
    // However many ask, it is asked once at a time.
    check: () =>
      (checking ??= within(ANSWER_WITHIN_MS, asked(probe))
        .then(found, lost)
        .finally(() => (checking = null))),
  };
}

/** What the application needs; the work goes on without `mail`, which waits in the outbox. */
export interface Health {
  database: Part;
  engine: Part;
  mail: Part;
  /** Whether everything has been started; until then the database is asked by whoever connects to it. */
  started: boolean;
}

export function createHealth(probes: Record<PartName, () => Promise<unknown>>): Health {
  return {
    database: createPart('database', probes.database),
    engine: createPart('engine', probes.engine),
    mail: createPart('mail', probes.mail),
    started: false,
  };
}

/**
 * Looks after the parts, so that the log tells of their going even when nobody asks. The mail server is
 * asked at the start and while it is away; otherwise the outbox notices.
 */
export function watchHealth(health: Health): Loop {
  const { mail } = health;
  let first = true;
  return startLoop('health', LOOK_EVERY_MS, async () => {
    const askMail = first || mail.awaySince !== null;
    first = false;
    await Promise.all([checkNeeded(health), askMail && mail.check()]);
  });
}

/** Asks those without which nothing goes on. */
export async function checkNeeded({ database, engine, started }: Health): Promise<void> {
  await Promise.all([started && database.check(), engine.check()]);
}

const asked = async (probe: () => Promise<unknown>): Promise<unknown> => probe();

/** A host with several addresses fails with one error for each and an empty message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ((error as { code?: string }).code ?? error.name);
}
