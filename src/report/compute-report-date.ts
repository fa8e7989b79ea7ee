import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import type { Calendars } from '../registry/calendars.ts';
import { curatorAgency, regionSettings } from '../registry/queries.ts';
import { monthBefore } from './month.ts';

/** Which month is reported on, and when: the opening of the curator's first working day after it (clause 14). */
export function computeReportDate(deps: { db: Database; calendars: Calendars }): Handler {
  const { db, calendars } = deps;
  return handler('compute-report-date', z.object({ at: instant }), async ({ at }) => {
    const { zone } = await regionSettings(db.manager);
    const { hours } = await curatorAgency(db.manager);
    const local = DateTime.fromJSDate(at, { zone });
    const { day } = calendars.of(hours).firstWorkingDay(local.year, local.month);
    return { month: monthBefore(at, zone), reportAt: day.toJSDate().toISOString() };
  });
}
