import { Command } from 'commander';
import type { Database } from '../db/data-source.ts';
import { countDue, eraseDue, retentionOf } from '../retention/erase.ts';
import { databaseUrl } from './database-url.ts';

/** `otklik retention [--dry-run]`: erases authors' data whose time is over, or says how many there are. */
export function retentionCommand(deps: {
  openDatabase: (url: string) => Promise<Database>;
}): Command {
  return new Command('retention')
    .description('удалить данные авторов, срок хранения которых истёк (нужна DATABASE_URL)')
    .option('--dry-run', 'только сказать, сколько их', false)
    .action(async ({ dryRun }: { dryRun: boolean }, command: Command) => {
      const db = await deps.openDatabase(databaseUrl());
      try {
        const retention = await retentionOf(db.manager);
        const said = dryRun
          ? `К удалению — сообщений: ${await countDue(db)}`
          : `Удалены данные авторов — сообщений: ${await eraseDue(db)}`;
        command.configureOutput().writeOut?.(`${said} (срок хранения ${retention}).\n`);
      } finally {
        await db.destroy();
      }
    });
}
