import { DateTime, Duration } from 'luxon';
import type { WorkCalendar } from '../calendar/calendar.ts';
import type { Agency } from '../db/entities/agency.ts';
import { LIMITS, type LimitKind } from '../procedure/limits.ts';
import type { RegionSettings } from '../registry/settings.ts';
import type { Random } from './random.ts';
import { KINDS, NETWORKS, SUBJECTS, type Subject } from './subjects.ts';
import type { Rows } from './tables.ts';

/** An agency that can be given work. */
export type Worker = Agency & { executor: string; calendar: WorkCalendar };

/** What all stories share. */
export interface World {
  random: Random;
  rows: Rows;
  settings: RegionSettings;
  agencies: ReadonlyMap<string, Worker>;
  curator: Worker;
  /** Nothing happens after it. */
  now: Date;
}

const CLAUSES: Record<LimitKind, number> = {
  return: 5,
  draft: 6,
  review: 8,
  rework: 9,
  remedy: 13,
};
const MINUTE = 60_000;

/** How a story stands at the end. */
export type Ending = 'answered' | 'open' | 'aside';

/**
 * One made-up message from its detection as far as time has come: triage, assignments, returns, drafts,
 * review, rework, publication and what was late.
 */
export function tell(world: World, number: string, detectedAt: Date): Ending {
  const { random, now, curator } = world;
  const subject = random.pick(SUBJECTS.map((it) => [it, it.weight] as const));
  const id = random.uuid();
  const triagedAt = after(curator, detectedAt, random.around(16, 0.7));
  const write = messageWriter(world, { id, number, subject, detectedAt });
  if (triagedAt > now) {
    write({ status: 'triage', triagedAt: null, finishedAt: null, taken: false });
    return 'open';
  }
  const aside = random.pick(ASIDE);
  if (aside !== null) {
    write({ status: aside, triagedAt, finishedAt: triagedAt, taken: false });
    return 'aside';
  }
  const later = { deadlines: [] as (() => void)[] };
  const parts = workersFor(world, subject).map((worker) =>
    assign(world, later, id, worker, triagedAt),
  );
  const arrivedAt = parts.every(({ submittedAt }) => submittedAt !== null)
    ? new Date(Math.max(...parts.map(({ submittedAt }) => submittedAt!.getTime())))
    : null;
  const finishedAt = arrivedAt && review(world, later, id, parts, arrivedAt);
  const status = finishedAt ? 'answered' : arrivedAt ? 'review' : 'assigned';
  write({ status, triagedAt, finishedAt, taken: true });
  for (const part of parts) part.write();
  for (const writeOne of later.deadlines) writeOne();
  return finishedAt ? 'answered' : 'open';
}

const ASIDE: readonly (readonly ['not-relevant' | 'duplicate' | 'withdrawn' | null, number])[] = [
  [null, 77],
  ['not-relevant', 15],
  ['duplicate', 7],
  ['withdrawn', 1],
];

interface Later {
  /** Rows that refer to rows that are not written yet. */
  deadlines: (() => void)[];
}

interface Part {
  id: string;
  worker: Worker;
  /** When its draft came; null: not yet. */
  submittedAt: Date | null;
  reworkRounds: number;
  write: () => void;
}

/** An assignment, and another in its place when it is returned and redirected. */
function assign(world: World, later: Later, messageId: string, worker: Worker, at: Date): Part {
  const { random, rows, now, settings } = world;
  const id = random.uuid();
  const row = (status: string, finishedAt: Date | null, rounds: number) =>
    rows.add(
      'assignment',
      id,
      id,
      messageId,
      worker.code,
      worker.executor,
      at,
      finishedAt,
      status,
      rounds,
    );
  const windowEnds = new Date(at.getTime() + Duration.fromISO(settings.limits.return).toMillis());
  const clock = { messageId, assignmentId: id, worker, startedAt: at };

  if (random.chance(0.06)) {
    const returnedAt = new Date(at.getTime() + random.around(13, 0.7) * MINUTE);
    const decidedAt = after(world.curator, returnedAt, random.around(15, 0.6));
    if (decidedAt <= now) {
      const late = returnedAt > windowEnds;
      const others = [...world.agencies.values()].filter(({ code }) => code !== worker.code);
      const other = random.one(others);
      openClock(world, later, { ...clock, kind: 'return', stoppedAt: returnedAt });
      openClock(world, later, { ...clock, kind: 'draft', stoppedAt: returnedAt });
      later.deadlines.push(() =>
        rows.add(
          'return_request',
          random.uuid(),
          id,
          id,
          'Вопрос относится к ведению другого органа.',
          returnedAt,
          late,
          'redirect',
          other.code,
          decidedAt,
        ),
      );
      const instead = assign(world, later, messageId, other, decidedAt);
      return {
        ...instead,
        write: () => {
          row('redirected', decidedAt, 0);
          instead.write();
        },
      };
    }
  }

  const submittedAt = past(now, after(worker, at, random.around(170, 0.75)));
  const stopsReturn = new Date(Math.min(windowEnds.getTime(), (submittedAt ?? now).getTime()));
  openClock(world, later, { ...clock, kind: 'return', stoppedAt: stopsReturn });
  openClock(world, later, { ...clock, kind: 'draft', stoppedAt: submittedAt });
  if (submittedAt) writeDraft(world, later, id, 1, submittedAt);
  const part: Part = {
    id,
    worker,
    submittedAt,
    reworkRounds: 0,
    write: () => row(submittedAt ? 'drafted' : 'open', submittedAt, part.reworkRounds),
  };
  return part;
}

/** The curator's work on what arrived; gives when the answer was published, null: not yet. */
function review(
  world: World,
  later: Later,
  messageId: string,
  parts: Part[],
  arrivedAt: Date,
): Date | null {
  const { random, rows, now, curator } = world;
  const clock = { messageId, assignmentId: null, worker: curator };
  let at = arrivedAt;
  for (let version = 1; ; version++) {
    const decidedAt = past(now, after(curator, at, random.around(22, 0.75)));
    openClock(world, later, { ...clock, kind: 'review', startedAt: at, stoppedAt: decidedAt });
    if (decidedAt === null) return null;
    const answerId = random.uuid();
    rows.add(
      'answer',
      answerId,
      answerId,
      messageId,
      version,
      'Здравствуйте! Ваше сообщение рассмотрено, меры приняты.',
      decidedAt,
    );
    const rework = version < 4 && random.chance(0.12);
    const part = parts[0]!;
    const remarks = rework ? 'Укажите срок выполнения работ.' : null;
    const chosen = rework ? JSON.stringify([part.id]) : '[]';
    rows.add(
      'review_decision',
      random.uuid(),
      answerId,
      messageId,
      answerId,
      rework ? 'rework' : 'publish',
      remarks,
      chosen,
      decidedAt,
    );
    if (!rework) {
      const publishedAt = past(
        now,
        new Date(decidedAt.getTime() + (5 + random.next() * 40) * 1_000),
      );
      if (publishedAt === null) return null;
      rows.add(
        'publication',
        random.uuid(),
        messageId,
        answerId,
        answerId,
        'published',
        answerId,
        `https://network.example/reply/${answerId}`,
        decidedAt,
        publishedAt,
      );
      return publishedAt;
    }
    part.reworkRounds += 1;
    const redoneAt = past(now, after(part.worker, decidedAt, random.around(32, 0.7)));
    openClock(world, later, {
      messageId,
      assignmentId: part.id,
      worker: part.worker,
      kind: 'rework',
      startedAt: decidedAt,
      stoppedAt: redoneAt,
    });
    if (redoneAt === null) return null;
    writeDraft(world, later, part.id, part.reworkRounds + 1, redoneAt);
    at = redoneAt;
  }
}

function openClock(
  world: World,
  later: Later,
  clock: {
    messageId: string;
    assignmentId: string | null;
    worker: Worker;
    kind: Exclude<LimitKind, 'remedy'>;
    startedAt: Date;
    stoppedAt: Date | null;
  },
): void {
  const { random, rows, settings, now } = world;
  const { messageId, assignmentId, worker, kind, startedAt, stoppedAt } = clock;
  const id = random.uuid();
  const limit = settings.limits[kind];
  const from = DateTime.fromJSDate(startedAt, { zone: 'utc' });
  const plain = kind === 'return';
  const counted = plain ? null : worker.calendar.deadline(from, Duration.fromISO(limit));
  const dueAt = (counted?.due ?? from.plus(Duration.fromISO(limit))).toJSDate();
  const spent = counted?.spent.map(({ start, end }) => [new Date(start), new Date(end)]) ?? [];
  const missed = kind !== 'return' && dueAt <= now && (stoppedAt === null || stoppedAt > dueAt);
  const executor = kind === 'review' ? null : worker.executor;
  later.deadlines.push(() => {
    rows.add(
      'deadline',
      id,
      id,
      kind,
      CLAUSES[kind],
      messageId,
      assignmentId,
      worker.code,
      executor,
      startedAt,
      limit,
      plain,
      dueAt,
      counted?.provisional ?? false,
      JSON.stringify(spent),
      stoppedAt,
      missed ? dueAt : null,
    );
    if (missed) writeShortcoming(world, { ...clock, id, dueAt });
  });
}

/** A missed deadline, decided on within days. */
function writeShortcoming(
  { random, rows, now }: World,
  given: {
    id: string;
    messageId: string;
    assignmentId: string | null;
    worker: Worker;
    kind: LimitKind;
    dueAt: Date;
  },
): void {
  const { id, messageId, assignmentId, worker, kind, dueAt } = given;
  const decidedAt = past(now, after(worker, dueAt, random.around(700, 0.5)));
  const decision =
    decidedAt &&
    random.pick([
      ['measure', 2],
      ['unfounded', 3],
      ['instruction', 5],
    ] as const);
  const status = decision === null ? 'open' : decision === 'instruction' ? 'remedied' : decision;
  const executor = kind === 'review' ? null : worker.executor;
  rows.add(
    'shortcoming',
    random.uuid(),
    id,
    'deadline',
    messageId,
    assignmentId,
    id,
    worker.code,
    executor,
    worker.supervisor,
    `Нарушен ${LIMITS[kind].name}`,
    dueAt,
    status,
    decision,
    decision && 'Рассмотрено.',
    decidedAt,
    decidedAt,
  );
}

function writeDraft(
  { random, rows }: World,
  later: Later,
  assignmentId: string,
  version: number,
  at: Date,
): void {
  const id = random.uuid();
  later.deadlines.push(() =>
    rows.add(
      'draft',
      id,
      id,
      assignmentId,
      version,
      'Работы включены в план, срок — две недели.',
      at,
    ),
  );
}

function messageWriter(
  { random, rows, settings }: World,
  given: { id: string; number: string; subject: Subject; detectedAt: Date },
) {
  const { id, number, subject, detectedAt } = given;
  const network = random.pick(NETWORKS);
  const publishedAt = new Date(detectedAt.getTime() - random.around(9, 0.8) * MINUTE);
  const municipality = random.chance(0.04)
    ? null
    : random.pick(weighted(settings.municipalities)).code;
  const text = random.one(subject.texts);
  const known = settings.topics.some(({ code }) => code === subject.topic);
  return (end: {
    status: string;
    triagedAt: Date | null;
    finishedAt: Date | null;
    taken: boolean;
  }) => {
    const { status, triagedAt, finishedAt, taken } = end;
    const reason = !taken && triagedAt ? 'Не требует ответа' : null;
    rows.add(
      'message',
      id,
      network,
      number,
      random.chance(0.3) ? 'post' : 'comment',
      `https://${network}.example/${number}`,
      'Житель региона',
      text,
      publishedAt,
      detectedAt,
      // No process of the engine handles it, and no network has it.
      null,
      status,
      known && triagedAt ? subject.topic : null,
      triagedAt && random.one(KINDS),
      triagedAt && municipality,
      random.chance(0.01),
      reason,
      triagedAt,
      finishedAt,
    );
  };
}

const weighted = (list: RegionSettings['municipalities']) =>
  list.map((it, at) => [it, 1 / (at + 1)] as const);

/** One agency, at times two; those of the subject if the region has them. */
function workersFor({ random, agencies }: World, { agencies: codes }: Subject): Worker[] {
  const all = [...agencies.values()];
  const known = codes.flatMap((code) => agencies.get(code) ?? []);
  const first = known.length > 0 ? random.one(known) : random.one(all);
  if (!random.chance(0.09)) return [first];
  const second = random.one(all);
  return second === first ? [first] : [first, second];
}

/** When so much of the agency's working time has passed. */
const after = ({ calendar }: Worker, from: Date, minutes: number): Date =>
  calendar
    .deadline(
      DateTime.fromJSDate(from, { zone: 'utc' }),
      Duration.fromMillis(Math.ceil(minutes * MINUTE)),
    )
    .due.toJSDate();

const past = (now: Date, at: Date): Date | null => (at <= now ? at : null);
