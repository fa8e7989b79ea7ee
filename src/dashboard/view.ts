import { DateTime } from 'luxon';
import type { Principal } from '../access/principal.ts';
import type { Tx } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';
import { burning, type Burning } from './burning.ts';
import type { Filters } from './filters.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import { runsProcesses, tasksOf } from '../http/ways.ts';
import { systemHealth, type PartHealth } from './health.ts';
import type { DashboardNames } from './names.ts';
import { nowFigures, type NowFigures } from './now-figures.ts';
import type { CountedFigures } from './counted.ts';
import { periodCounts, type Counts, type PeriodFigures } from './period-figures.ts';
import type { Scope } from './scope.ts';

/** What changes by itself, second by second. */
export interface LiveView {
  now: NowFigures;
  burning: Burning[];
  health: PartHealth[];
}

/** Everything that the dashboard shows, as its page reads it. */
export interface DashboardView extends LiveView {
  /** By the database's clock. */
  at: string;
  filters: Filters;
  names: DashboardNames;
  period: PeriodFigures;
  /** Of as many days right before. */
  previous: Counts;
  /** Where tasks and processes are, up to a process's key; `operate` is null for those who have no business there. */
  links: { tasklist: string; operate: string | null };
}

export async function liveView(
  tx: Tx,
  scope: Scope,
  filters: Partial<Filters>,
  zone: string,
  setup: NetworkSetup,
): Promise<LiveView> {
  const [now, burns, health] = await Promise.all([
    nowFigures(tx, scope, filters, zone),
    burning(tx, scope, filters),
    systemHealth(tx, setup),
  ]);
  return { now, burning: burns, health };
}

export async function dashboardView(
  tx: Tx,
  given: {
    principal: Principal;
    scope: Scope;
    filters: Filters;
    names: DashboardNames;
    tasklistUrl: string;
    countedFigures: CountedFigures;
    networkSetup: NetworkSetup;
  },
): Promise<DashboardView> {
  const { principal, scope, filters, names, tasklistUrl, countedFigures, networkSetup } = given;
  const [live, period, previous, at] = await Promise.all([
    liveView(tx, scope, filters, names.zone, networkSetup),
    countedFigures(tx, scope, filters),
    periodCounts(tx, scope, before(filters)),
    databaseNow(tx),
  ]);
  return {
    ...live,
    at: at.toISOString(),
    filters,
    names,
    period,
    previous,
    links: {
      tasklist: tasksOf(tasklistUrl, ''),
      operate: runsProcesses(principal) ? `${tasklistUrl}/operate/processes` : null,
    },
  };
}

/** As many days right before. */
export function before(filters: Filters): Filters {
  const [from, to] = [DateTime.fromISO(filters.from), DateTime.fromISO(filters.to)];
  const days = to.diff(from, 'days').days + 1;
  return {
    ...filters,
    from: from.minus({ days }).toISODate() ?? '',
    to: from.minus({ days: 1 }).toISODate() ?? '',
  };
}
