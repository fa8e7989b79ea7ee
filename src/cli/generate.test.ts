import { join } from 'node:path';
import { expect } from 'chai';
import { loadProductionYears } from '../calendar/calendar.ts';
import { openDatabase } from '../db/data-source.ts';
import { createCalendars } from '../registry/calendars.ts';
import { importRegion } from '../registry/import.ts';
import { regionIn } from '../registry/load.ts';
import { msk } from '../../test/stage.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { generateMessages } from '../generate/generate.ts';
import { generateCommand } from './generate.ts';

const REGION = join(import.meta.dirname, '..', '..', 'region');

describe('otklik generate', () => {
  let database: TestDatabase;
  const given = process.env['DATABASE_URL'];
  const calendars = createCalendars(loadProductionYears(join(REGION, 'calendar')));
  beforeEach(async () => {
    database = await testDatabase();
    process.env['DATABASE_URL'] = database.url;
    await importRegion(database.db, await regionIn(join(REGION, 'smolensk')));
  });
  afterEach(async () => {
    await database.close();
    if (given === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = given;
  });

  async function generate(...args: string[]): Promise<string> {
    let out = '';
    const command = generateCommand({ openDatabase, calendars: () => calendars })
      .configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (out += text) })
      .exitOverride();
    await command.parseAsync(args, { from: 'user' });
    return out;
  }
  const count = async (table: string) =>
    (await database.db.query<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]?.n;

  it('fills the database with months of work and counts the figures', async () => {
    const out = await generate('--messages', '300', '--months', '2');
    expect(out).to.match(
      /Готово: сообщений 300, в работе \d+, ответов \d+; дней с показателями 6\d/,
    );
    expect(await count('message')).to.equal(300);
    expect(await count('figure_dirty')).to.equal(0);
    for (const table of ['assignment', 'deadline', 'draft', 'publication', 'figure_day']) {
      expect(await count(table), table).to.be.greaterThan(100);
    }
  });

  it('refuses a database that has messages unless it is forced to', async () => {
    await generate('--messages', '10');
    const refused = await generate('--messages', '10', '--seed', '2').catch(
      (error: Error) => error,
    );
    expect(refused).to.have.property('message').that.contains('--force');
    expect(await count('message')).to.equal(10);
    await generate('--messages', '10', '--seed', '2', '--force');
    expect(await count('message')).to.equal(20);
  });

  it('counts months that come where PostgreSQL knows of a few days only', async () => {
    await generate('--messages', '1', '--months', '1');
    await database.db.query(`alter table figure_day set (autovacuum_enabled = false)`);
    await database.db.query(
      `delete from figure_day where ctid <> all (array(select ctid from figure_day limit 20))`,
    );
    await database.db.query('analyze figure_day');
    const out = await generate('--messages', '2000', '--seed', '2', '--force');
    expect(out).to.contain('Готово: сообщений 2000');
    expect(await count('figure_month')).to.be.greaterThan(100);
  });

  it('gives the same for the same seed and time', async () => {
    const now = msk('2026-11-24T17:30');
    const rows = async (seed: number) => {
      await generateMessages(database.db, calendars, { messages: 50, seed, now });
      const found = await database.db.query<object[]>('select * from deadline order by id');
      await database.db.query('truncate message, assignment, deadline cascade');
      return JSON.stringify(found);
    };
    const first = await rows(4);
    expect(await rows(4)).to.equal(first);
    expect(await rows(5)).not.to.equal(first);
  });

  it('refuses what is no number of messages', async () => {
    for (const wrong of ['0', '-5', 'много', '1.5']) {
      const refused = await generate(`--messages=${wrong}`).catch((error: Error) => error);
      expect(refused).to.have.property('message').that.contains('нужно целое число');
    }
  });
});
