import { Command } from 'commander';
import { accountCommand } from './cli/account.ts';
import { clausesCommand } from './cli/clauses.ts';
import { deadlineCommand } from './cli/deadline.ts';
import { deployCommand } from './cli/deploy.ts';
import { generateCommand } from './cli/generate.ts';
import { registryCommand } from './cli/registry.ts';
import { reportCommand } from './cli/report.ts';
import { retentionCommand } from './cli/retention.ts';
import { tokenCommand } from './cli/token.ts';
import { loadProductionYears } from './calendar/calendar.ts';
import { openDatabase } from './db/data-source.ts';
import { InputError } from './errors.ts';
import { createCalendars } from './registry/calendars.ts';
import { regionIn } from './registry/load.ts';
import { hoursOf } from './registry/region.ts';

const regionDir = process.env['OTKLIK_REGION'] ?? 'region/smolensk';

const program = new Command('otklik').description('Отклик: работа с сообщениями жителей');
program.addCommand(deadlineCommand(async (code) => hoursOf(await regionIn(regionDir), code)));
program.addCommand(clausesCommand());
program.addCommand(registryCommand({ openDatabase }));
program.addCommand(deployCommand());
program.addCommand(reportCommand({ openDatabase }));
program.addCommand(accountCommand({ openDatabase }));
program.addCommand(retentionCommand({ openDatabase }));
program.addCommand(tokenCommand({ openDatabase }));
const calendars = () => createCalendars(loadProductionYears('region/calendar'));
program.addCommand(generateCommand({ openDatabase, calendars }));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
