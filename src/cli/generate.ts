import { Command, InvalidArgumentError } from 'commander';
import { refreshFigures } from '../dashboard/refresh.ts';
import type { Database } from '../db/data-source.ts';
import { generateMessages } from '../generate/generate.ts';
import { InputError } from '../errors.ts';
import type { Calendars } from '../registry/calendars.ts';
import { databaseUrl } from './database-url.ts';

/** `otklik generate --messages N`: fills a database with made-up months of work, to try the dashboard. */
export function generateCommand(deps: {
  openDatabase: (url: string) => Promise<Database>;
  calendars: () => Calendars;
}): Command {
  return new Command('generate')
    .description('заполнить базу вымышленными сообщениями за прошедшие месяцы (нужна DATABASE_URL)')
    .requiredOption('--messages <число>', 'сколько сообщений', whole)
    .option('--seed <число>', 'при том же числе получается то же самое', whole, 1)
    .option('--months <число>', 'за сколько месяцев', whole)
    .option('--force', 'и в базе, где уже есть сообщения', false)
    .action(async (options: Options, command: Command) => {
      const say = (line: string) => command.configureOutput().writeOut?.(`${line}\n`);
      const db = await deps.openDatabase(databaseUrl());
      try {
        const [row] = await db.query<{ any: boolean }[]>(
          'select exists (select from message) as any',
        );
        if (row?.any && !options.force) {
          throw new InputError(
            'В базе уже есть сообщения; чтобы добавить к ним вымышленные, укажите --force.',
          );
        }
        const calendars = deps.calendars();
        const made = await generateMessages(db, calendars, {
          ...options,
          progress: (count) => say(`Сообщений: ${count}`),
        });
        say('Считаются показатели по дням…');
        const days = await refreshFigures({ db, calendars });
        say(
          `Готово: сообщений ${made.messages}, в работе ${made.open}, ` +
            `ответов ${made.answered}; дней с показателями ${days}.`,
        );
      } finally {
        await db.destroy();
      }
    });
}

interface Options {
  messages: number;
  seed: number;
  months?: number;
  force: boolean;
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 10_000_000) {
    throw new InvalidArgumentError('нужно целое число от 1 до 10000000.');
  }
  return number;
}
