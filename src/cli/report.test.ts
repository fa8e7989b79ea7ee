import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CommanderError } from 'commander';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { wordText } from '../../test/word.ts';
import { openDatabase } from '../db/data-source.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { InputError } from '../errors.ts';
import { importRegion } from '../registry/import.ts';
import { regionIn } from '../registry/load.ts';
import { packRows } from '../report/rows.ts';
import { takeSnapshot } from '../report/snapshot.ts';
import { reportCommand } from './report.ts';

describe('otklik report (clause 14)', () => {
  let dir: string;
  let test: TestDatabase;
  const given = process.env['DATABASE_URL'];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-report-'));
    test = await testDatabase();
  });
  after(async () => {
    await test.close();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(() => {
    process.env['DATABASE_URL'] = test.url;
  });
  afterEach(() => {
    if (given === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = given;
  });

  const run = (...words: string[]) =>
    reportCommand({ openDatabase })
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(words, { from: 'user' })
      .then(
        () => null,
        (error: unknown) => error,
      );

  for (const month of [
    '2026-13',
    '2026-00',
    '2026-1',
    '10.2026',
    'октябрь',
    '2026-10-01',
    '0000-01',
  ]) {
    it(`refuses the month ${month}`, async () => {
      const error = await run('--month', month, '--out', dir);
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.equal(`--month ${month}: нужен месяц, например 2026-10`);
    });
  }

  it('asks for month, folder and database', async () => {
    expect(await run('--out', dir)).to.be.instanceOf(CommanderError);
    expect(await run('--month', '2026-10')).to.be.instanceOf(CommanderError);
    delete process.env['DATABASE_URL'];
    const error = await run('--month', '2026-10', '--out', dir);
    expect((error as Error).message).to.contain('DATABASE_URL');
  });

  it('says that the region is not loaded', async () => {
    const error = await run('--month', '2026-10', '--out', dir);
    expect(error).to.be.instanceOf(InputError);
    expect((error as Error).message).to.contain('регион не загружен');
    expect(await readdir(dir)).to.be.empty;
  });

  describe('of a region', () => {
    const DOCUMENT = 'svodnye-dannye-2026-10.docx';
    const WORKBOOK = 'svodnye-dannye-2026-10.xlsx';
    const out = () => join(dir, 'new', 'folder');
    const read = async (name: string) => readFile(join(out(), name));
    before(async () => importRegion(test.db, await regionIn('region/smolensk')));

    it('writes the document and the workbook of a month that is not closed, and says so', async () => {
      expect(await run('--month', '2026-10', '--out', out())).to.be.null;
      expect((await readdir(out())).sort()).to.deep.equal([DOCUMENT, WORKBOOK]);
      const text = wordText(await read(DOCUMENT));
      expect(text).to.contain('Смоленская область').and.to.contain('(предварительные)');
      expect(text).to.contain('месяц не закрыт');
    });

    it('writes a closed month as it was closed, the same bytes each time', async () => {
      const at = new Date('2026-11-02T06:00:00Z');
      const { snapshot, rows } = await takeSnapshot(test.db.manager, {
        month: '2026-10',
        at,
        preliminary: false,
      });
      await test.db.getRepository(MonthlyReportEntity).insert({
        month: '2026-10',
        snapshot,
        rows: await packRows(rows),
        compiledAt: at,
        status: 'approved',
      });
      await test.db.query("update agency set name = 'Другое имя', short_name = 'Другое'");
      const written: Buffer[][] = [];
      for (let time = 0; time < 2; time++) {
        expect(await run('--month', '2026-10', '--out', out())).to.be.null;
        written.push([await read(DOCUMENT), await read(WORKBOOK)]);
      }
      expect(written[1]).to.deep.equal(written[0]);
      const text = wordText(await read(DOCUMENT));
      expect(text).not.to.contain('Другое').and.not.to.contain('предварительные');
      expect(text).to.contain('по состоянию на 02.11.2026 09:00');
    });
  });
});
