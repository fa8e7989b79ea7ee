import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { MonthlyReportEntity, type MonthlyReport } from '../db/entities/monthly-report.ts';
import { insertOnce } from '../db/once.ts';
import { rowOrNull } from '../db/row-by.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { keepCorrections } from './corrections.ts';
import { month as monthSchema } from './month.ts';
import { packRows } from './rows.ts';
import { takeSnapshot } from './snapshot.ts';
import { monthlySummary } from './summary.ts';

export interface CompileDeps {
  db: Database;
  /** The page of a month. */
  reportLink: (month: string) => string;
}

/**
 * Compiles the month, anew until the curator has approved it (clause 14). From then on the month is
 * closed: its snapshot stays, and what changes later is a correction in the next document.
 */
export function compileMonthlyData({ db, reportLink }: CompileDeps): Handler {
  return handler(
    'compile-monthly-data',
    z.object({ month: monthSchema, at: instant }),
    async ({ month, at }) =>
      db.transaction('REPEATABLE READ', async (tx) => {
        const known = await rowOrNull(tx, MonthlyReportEntity, { month });
        if (known !== null && known.status !== 'compiled') {
          return { monthlyText: monthlySummary(known.snapshot, reportLink(month)) };
        }
        const { snapshot, rows } = await takeSnapshot(tx, { month, at, preliminary: false });
        const compiled: Partial<MonthlyReport> = {
          snapshot,
          rows: await packRows(rows),
          compiledAt: at,
        };
        const { inserted } = await insertOnce(
          tx,
          MonthlyReportEntity,
          { month, status: 'compiled', ...compiled },
          ['month'],
        );
        if (!inserted)
          await tx.update(MonthlyReportEntity, { month, status: 'compiled' }, compiled);
        await keepCorrections(tx, snapshot);
        return { monthlyText: monthlySummary(snapshot, reportLink(month)) };
      }),
  );
}
