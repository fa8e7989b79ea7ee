import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { Database, Tx } from '../../db/data-source.ts';
import { SurgeEntity, type Surge } from '../../db/entities/surge.ts';
import { UrgentReportEntity } from '../../db/entities/urgent-report.ts';
import { databaseNow } from '../../db/now.ts';
import { tryLock } from '../../db/try-lock.ts';
import { queueStart } from '../../db/starts.ts';
import { log } from '../../log.ts';
import { regionSettings } from '../../registry/queries.ts';
import type { RegionSettings } from '../../registry/settings.ts';
import { DEFAULT_SURGE, msOf } from '../../registry/surge.ts';
import { countAll, countEach, type Window } from './counts.ts';
import { step, type Compared, type Series, type Verdict } from './step.ts';
import { weeksBefore, wholeWeeks } from './windows.ts';
import { grounds } from './words.ts';

interface Looked extends Compared {
  /** The surge that goes on; null: none does. */
  surge: Surge | null;
}

/**
 * Looks for raised activity in what was found so far (clause 15): topic by municipality against its own
 * hours of the weeks before, by the database's clock. What begins is put before the department head,
 * once; what has been quiet for long enough ends. Of several processes one looks.
 */
export function detectSurges(db: Database, now?: Date): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await tryLock(tx, 'surges'))) return;
    const at = now ?? (await databaseNow(tx));
    const region = await regionSettings(tx);
    const settings = region.surge ?? DEFAULT_SURGE;
    const window = { from: new Date(at.getTime() - msOf(settings.window)), to: at };
    const looked = await lookAt(tx, region, window);
    const series = (region.topics.length + 1) * (region.municipalities.length + 1);
    for (const verdict of step(at, looked, settings, series)) {
      await record(tx, verdict, window, region);
    }
  });
}

/** What might be a surge, or is one already, with what it is compared with. */
async function lookAt(tx: Tx, region: RegionSettings, window: Window): Promise<Looked[]> {
  const { weeks, least } = region.surge ?? DEFAULT_SURGE;
  const open = await tx.findBy(SurgeEntity, { endedAt: IsNull() });
  const counted = await countAll(tx, window);
  const same = (one: Series) => (other: Series) =>
    one.topic === other.topic && one.municipality === other.municipality;
  const candidates: (Series & { count: number })[] = [
    ...counted.filter((row) => row.count >= least || open.some(same(row))),
    ...open.filter((surge) => !counted.some(same(surge))).map((surge) => ({ ...surge, count: 0 })),
  ];
  if (candidates.length === 0) return [];
  const since = await readSince(tx);
  const { zone } = region;
  const past = weeksBefore(window, weeks, since, zone);
  const whole = wholeWeeks(window.from, weeks + 1, since, zone);
  const looked: Looked[] = [];
  for (const { topic, municipality, count } of candidates) {
    const series = { topic, municipality };
    const surge = open.find(same(series)) ?? null;
    looked.push({
      ...series,
      count,
      past: await countEach(tx, series, past, 'usual'),
      weeks: await countEach(tx, series, whole, 'usual'),
      surge,
      lastRaisedAt: surge?.lastRaisedAt ?? null,
    });
  }
  return looked;
}

/** Since when the networks are read: before that, silence says nothing. */
async function readSince(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ since: Date | null }[]>(
    'select min(detected_at) as since from message',
  );
  return row?.since ?? new Date();
}

async function record(
  tx: Tx,
  { of, judgement, what }: Verdict<Looked>,
  { from, to }: Window,
  region: RegionSettings,
): Promise<void> {
  if (what === 'begins') {
    const { topic, municipality, count, past } = of;
    const { low, high } = judgement.usual ?? { low: null, high: null };
    const surge: Surge = {
      ...{ id: randomUUID(), topic, municipality, count, past: [...past], low, high },
      ...{ windowFrom: from, detectedAt: to, lastRaisedAt: to, endedAt: null },
    };
    await tx.insert(SurgeEntity, surge);
    await openReport(tx, surge, region);
  } else if (of.surge !== null && what === 'goes on') {
    await tx.update(SurgeEntity, { id: of.surge.id }, { lastRaisedAt: to });
  } else if (of.surge !== null && what === 'ends') {
    await tx.update(SurgeEntity, { id: of.surge.id }, { endedAt: to });
  }
}

async function openReport(tx: Tx, surge: Surge, region: RegionSettings): Promise<void> {
  const id = randomUUID();
  await tx.insert(UrgentReportEntity, {
    id,
    sourceKey: `surge:${surge.id}`,
    surgeId: surge.id,
    grounds: grounds(surge, region),
    openedAt: surge.detectedAt,
    status: 'open',
  });
  await queueStart(tx, 'urgent-found', id, { urgentReportId: id });
  const { topic, municipality, count } = surge;
  log.info({ topic, municipality, count }, 'surge of messages');
}
