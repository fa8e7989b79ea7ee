import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { CommanderError } from 'commander';
import { defaultHours } from '../calendar/calendar.ts';
import { InputError } from '../errors.ts';
import { deadlineCommand } from './deadline.ts';

const calendars = new Map([['siberia', { ...defaultHours, zone: 'Asia/Novosibirsk' }]]);
const calendarFor = (code: string | null) => {
  const known = code === null ? defaultHours : calendars.get(code);
  return known
    ? Promise.resolve(known)
    : Promise.reject(new InputError(`no agency "${code}"; known are siberia`));
};

/** Runs the command inside this process. */
async function run(...args: string[]) {
  let out = '';
  let err = '';
  let code = 0;
  const command = deadlineCommand(calendarFor)
    .exitOverride()
    .configureOutput({ writeOut: (part) => (out += part), writeErr: (part) => (err += part) });
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  return { out, err, code };
}

describe('otklik deadline', () => {
  const from = '2026-11-23T09:00:00+03:00';

  const answers: [string[], unknown][] = [
    [
      ['--from', from, '--working', 'PT8H'],
      {
        due: '2026-11-23T15:00:00.000Z',
        provisional: false,
        spent: [
          ['2026-11-23T06:00:00.000Z', '2026-11-23T10:00:00.000Z'],
          ['2026-11-23T11:00:00.000Z', '2026-11-23T15:00:00.000Z'],
        ],
      },
    ],
    [
      ['--from', '2026-11-23T06:00:00Z', '--working', 'PT1H', '--agency', 'siberia'],
      {
        due: '2026-11-23T08:00:00.000Z',
        provisional: false,
        spent: [['2026-11-23T07:00:00.000Z', '2026-11-23T08:00:00.000Z']],
      },
    ],
    [
      ['--from', '2027-01-11T09:00:00+03:00', '--working', 'PT1H'],
      {
        due: '2027-01-11T07:00:00.000Z',
        provisional: true,
        spent: [['2027-01-11T06:00:00.000Z', '2027-01-11T07:00:00.000Z']],
      },
    ],
    [
      ['--from', '2026-11-22T23:50:00+03:00', '--plain', 'PT30M'],
      {
        due: '2026-11-22T21:20:00.000Z',
        provisional: false,
        spent: [['2026-11-22T20:50:00.000Z', '2026-11-22T21:20:00.000Z']],
      },
    ],
    [
      ['--from', from, '--working', 'PT0S'],
      { due: '2026-11-23T06:00:00.000Z', provisional: false, spent: [] },
    ],
  ];
  for (const [args, answer] of answers) {
    it(`answers ${args.join(' ')} in one line`, async () => {
      const { out, err, code } = await run(...args);
      expect({ err, code }).to.deep.equal({ err: '', code: 0 });
      expect(out).to.equal(`${JSON.stringify(answer)}\n`);
    });
  }

  const refused: [string[], RegExp][] = [
    [['--working', 'PT8H'], /--from is missing: give the start/],
    [
      ['--from', '2026-11-23T09:00:00', '--working', 'PT8H'],
      /has no time zone: add Z or an offset, for example/,
    ],
    [['--from', '2026-11-23', '--working', 'PT8H'], /has no time zone/],
    [['--from', '2026-02-30T09:00:00Z', '--working', 'PT8H'], /is not an ISO 8601 date and time/],
    [['--from', from], /give one limit: --working PT8H .* or --plain PT30M/],
    [['--from', from, '--working', 'PT8H', '--plain', 'PT30M'], /give one limit/],
    [['--from', from, '--working', '8h'], /--working: "8h" is not a duration: allowed are hours/],
    [['--from', from, '--working=-PT8H'], /--working: .*negative/],
    [['--from', from, '--plain', 'P1D'], /--plain: P1D is given in days or longer/],
    [['--from', from, '--working', 'PT8H', '--agency', 'x'], /no agency "x"; known are siberia/],
    [['--from', from, '--plain', 'PT30M', '--agency', 'x'], /no agency "x"; known are siberia/],
  ];
  for (const [args, message] of refused) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { out, err, code } = await run(...args);
      expect(err).to.match(message);
      expect({ out, code }).to.deep.equal({ out: '', code: 2 });
    });
  }

  for (const args of [['--from', 'today', '--working', 'PT1H'], ['--colour'], ['--from']]) {
    it(`exits with 2 after ${args.join(' ')}`, async () => {
      const program = `
        import { defaultHours } from './src/calendar/calendar.ts';
        import { deadlineCommand } from './src/cli/deadline.ts';
        await deadlineCommand(async () => defaultHours).parseAsync(${JSON.stringify(args)}, { from: 'user' });`;
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program],
        { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
      );
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close') as Promise<[number]>,
      ]);
      expect({ out, code }).to.deep.equal({ out: '', code: 2 });
      expect(err).to.match(/^error: /);
    });
  }
});
