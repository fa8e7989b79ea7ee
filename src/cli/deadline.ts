import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { DateTime } from 'luxon';
import {
  createCalendar,
  loadProductionYears,
  parseLimit,
  type CalendarDefinition,
} from '../calendar/calendar.ts';
import { InputError } from '../errors.ts';

const REGION_YEARS = fileURLToPath(new URL('../../region/calendar', import.meta.url));

interface Options {
  from?: string;
  working?: string;
  plain?: string;
  agency?: string;
}

/** The hours of an agency by its code; null asks for the region's. An unknown code is an InputError. */
export type CalendarFor = (code: string | null) => Promise<CalendarDefinition>;

/**
 * `otklik deadline`: prints one JSON line `{"due","provisional","spent"}` with instants in UTC.
 * Bad input goes to standard error with what is allowed, and exit code 2. `yearsDir`: the folder of
 * the official years.
 */
export function deadlineCommand(calendarFor: CalendarFor, yearsDir = REGION_YEARS): Command {
  const command = new Command('deadline')
    .description('the instant at which a limit of working time runs out')
    .option('--from <instant>', 'start, ISO 8601 with its zone, e.g. 2026-11-23T09:00:00+03:00')
    .option('--working <duration>', 'limit in working time, e.g. PT8H')
    .option('--plain <duration>', 'limit in plain time, nights and weekends included, e.g. PT30M')
    .option('--agency <code>', "the agency whose hours count; the region's if not given")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (options: Options) => {
      try {
        const line = JSON.stringify(await answer(options));
        command.configureOutput().writeOut?.(`${line}\n`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        command.error(`error: ${error.message}`, { exitCode: 2 });
      }
    });

  async function answer({ from, working, plain, agency }: Options) {
    const start = parseInstant(from);
    if (plain !== undefined && working === undefined) {
      if (agency !== undefined) await calendarFor(agency);
      const due = start.plus(named('--plain', plain));
      return { due, provisional: false, spent: due > start ? [[start, due]] : [] };
    }
    if (working === undefined || plain !== undefined) {
      throw new InputError('give one limit: --working PT8H (working time) or --plain PT30M');
    }
    const limit = named('--working', working);
    const definition = await calendarFor(agency ?? null);
    const deadline = createCalendar(definition, loadProductionYears(yearsDir)).deadline(
      start,
      limit,
    );
    const spent = deadline.spent.map(({ start, end }) => [new Date(start), new Date(end)]);
    return { due: deadline.due, provisional: deadline.provisional, spent };
  }

  return command;
}

/** A limit, or an InputError that names its option. */
function named(option: string, text: string) {
  try {
    return parseLimit(text);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${option}: ${error.message}`) : error;
  }
}

function parseInstant(text: string | undefined): DateTime {
  const example = 'for example 2026-11-23T09:00:00+03:00';
  if (text === undefined) throw new InputError(`--from is missing: give the start, ${example}`);
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid) {
    throw new InputError(`--from "${text}" is not an ISO 8601 date and time: write it ${example}`);
  }
  if (!/T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text)) {
    throw new InputError(`--from "${text}" has no time zone: add Z or an offset, ${example}`);
  }
  return instant;
}
