import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Database } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';
import { InputError } from '../errors.ts';
import { closedMonth, monthlyFiles } from '../report/files.ts';
import { month as monthSchema } from '../report/month.ts';
import { takeSnapshot } from '../report/snapshot.ts';
import { databaseUrl } from './database-url.ts';

/**
 * `otklik report --month 2026-10 --out DIR`: the month's document and workbook (clause 14) as files. A
 * closed month is printed from its snapshot; another as it is known now, marked as preliminary.
 */
export function reportCommand(deps: { openDatabase: (url: string) => Promise<Database> }): Command {
  return new Command('report')
    .description('сводные данные за месяц')
    .requiredOption('--month <месяц>', 'например 2026-10')
    .requiredOption('--out <папка>', 'куда записать документ и рабочую книгу')
    .action(async ({ month, out }: { month: string; out: string }) => {
      if (!monthSchema.safeParse(month).success) {
        throw new InputError(`--month ${month}: нужен месяц, например 2026-10`);
      }
      const db = await deps.openDatabase(databaseUrl());
      try {
        const files = await monthlyFiles(await printed(db, month));
        await mkdir(out, { recursive: true });
        for (const { name, content } of files) {
          const file = join(out, name);
          await writeFile(file, content);
          process.stdout.write(`${file}\n`);
        }
      } finally {
        await db.destroy();
      }
    });
}

const printed = (db: Database, month: string) =>
  db.transaction('REPEATABLE READ', async (tx) => {
    const at = await databaseNow(tx);
    return (await closedMonth(tx, month)) ?? takeSnapshot(tx, { month, at, preliminary: true });
  });
