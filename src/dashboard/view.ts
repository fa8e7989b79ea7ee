import { DateTime } from 'luxon';
import type { Principal } from '../access/principal.ts';
import { may } from '../access/rights.ts';
import type { Tx } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';
import { urgentFigures, type UrgentFigures } from '../urgent/list.ts';
import { burning, type Burning } from './burning.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import { boundsOf, withoutPeriod, type Filters } from './filters.ts';
import { runsProcesses, tasksOf } from '../http/ways.ts';
import { systemHealth, type PartHealth } from './health.ts';
import type { DashboardNames } from './names.ts';
import { nowFigures, type NowFigures } from './now-figures.ts';
import type { CountedFigures } from './counted.ts';
import type { Counts } from './parts.ts';
import type { PeriodFigures } from './period-figures.ts';
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
  /** Reports to the Governor; null for those who may not read them, and where more than the period narrows down. */
  urgent: UrgentFigures | null;
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
  const [live, period, previous, urgent, at] = await Promise.all([
    liveView(tx, scope, filters, names.zone, networkSetup),
    countedFigures.figures(tx, scope, filters),
    countedFigures.counts(tx, scope, before(filters)),
    urgentOf(tx, principal, filters, names.zone),
    databaseNow(tx),
  ]);
  return {
    ...live,
    at: at.toISOString(),
    filters,
    names,
    period,
    previous,
    urgent,
    links: {
      tasklist: tasksOf(tasklistUrl, ''),
      operate: runsProcesses(principal) ? `${tasklistUrl}/operate/processes` : null,
    },
  };
}

/** A surge is no agency's and of no single network: where the view is narrowed down there is nothing to tell. */
async function urgentOf(
  tx: Tx,
  principal: Principal,
  filters: Filters,
  zone: string,
): Promise<UrgentFigures | null> {
  const narrowed = Object.keys(withoutPeriod(filters)).length > 0;
  if (narrowed || !may(principal, 'urgent:read')) return null;
  return urgentFigures(tx, principal.agencies, boundsOf(filters, zone));
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
