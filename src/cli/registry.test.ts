import { expect } from 'chai';
import { CommanderError } from 'commander';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { copyOfDemoRegion, type RegionCopy } from '../../test/region.ts';
import { openDatabase } from '../db/data-source.ts';
import { editRegistry } from '../registry/edit.ts';
import { activeAgencies } from '../registry/queries.ts';
import { latestVersion } from '../registry/versions.ts';
import { registryCommand } from './registry.ts';

describe('otklik registry', () => {
  let copy: RegionCopy;
  let test: TestDatabase;
  const given = process.env['DATABASE_URL'];

  before(async () => (test = await testDatabase()));
  after(() => test.close());
  beforeEach(async () => {
    copy = await copyOfDemoRegion();
    process.env['DATABASE_URL'] = test.url;
  });
  afterEach(async () => {
    if (given === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = given;
    await copy.remove();
  });

  it('check says what a region without faults consists of', async () => {
    const { out, err, exitCode } = await run('check', copy.dir);
    expect([err, exitCode]).to.deep.equal(['', 0]);
    expect(out).to.include('Ошибок нет. Смоленская область: органов — ');
  });

  it('check names file and line of every fault and fails', async () => {
    const channel = await copy.edit('agencies.yaml', 'minobr-priem@smolensk.example', 'minobr');
    const limit = await copy.edit('region.yaml', 'draft: PT8H', 'draft: 8');
    const { out, err, exitCode } = await run('check', copy.dir);
    expect([out, exitCode]).to.deep.equal(['', 1]);
    const [first, second, ...rest] = err.trimEnd().split('\n');
    expect(first).to.match(starts(join(copy.dir, 'region.yaml'), limit));
    expect(second).to.match(starts(join(copy.dir, 'agencies.yaml'), channel));
    expect(rest).to.deep.equal([]);
  });

  it('import loads nothing of a region with faults', async () => {
    await copy.edit('agencies.yaml', 'minobr-priem@smolensk.example', 'minobr');
    const { exitCode } = await run('import', copy.dir);
    expect(exitCode).to.equal(1);
    expect(await activeAgencies(test.db.manager)).to.deep.equal([]);
  });

  it('import loads a region, then only what changed', async () => {
    expect((await run('import', copy.dir)).out).to.include('Общие сведения: добавлены.');
    expect(await activeAgencies(test.db.manager)).to.have.length.above(13);
    await copy.edit('agencies.yaml', 'minobr-priem@smolensk.example', 'minobr@smolensk.example');
    const { out, exitCode } = await run('import', copy.dir);
    expect(exitCode).to.equal(0);
    expect(out).to.include('Общие сведения: без изменений.');
    expect(out).to.include('Органы: изменены: minobr; без изменений — ');
  });

  it('import does not undo what was changed on the page, unless it is told to; export writes it', async () => {
    await run('import', copy.dir);
    const { number } = (await latestVersion(test.db.manager))!;
    const editor = { login: 'admin', name: 'Администратор', version: number };
    await editRegistry(test.db, editor, (source) => {
      const agencies = source['agencies.yaml'] as { code: string; shortName: string }[];
      agencies.find(({ code }) => code === 'minzdrav')!.shortName = 'МЗ';
    });
    const refused = await run('import', copy.dir);
    expect(refused.exitCode).to.equal(1);
    expect(refused.err).to.contain(
      'agencies.yaml, minzdrav.shortName: на странице «МЗ», в файле «Минздрав»',
    );
    const other = join(copy.dir, 'now');
    expect((await run('export', other)).exitCode).to.equal(0);
    expect((await run('import', other)).out).to.contain('Органы: без изменений');
    expect((await run('import', copy.dir)).out).to.contain('изменены: minzdrav');
    await editRegistry(
      test.db,
      { ...editor, version: (await latestVersion(test.db.manager))!.number },
      (source) => {
        (source['region.yaml'] as { name: string }).name = 'Смоленщина';
      },
    );
    const { out } = await run('import', copy.dir, '--overwrite');
    expect(out).to.contain('Общие сведения: изменены.');
  });

  it('import asks for DATABASE_URL', async () => {
    delete process.env['DATABASE_URL'];
    const { err, exitCode } = await run('import', copy.dir);
    expect(exitCode).to.equal(1);
    expect(err).to.include('не задана DATABASE_URL');
  });
});

async function run(...words: string[]): Promise<{ out: string; err: string; exitCode: number }> {
  const said = { out: '', err: '' };
  const registry = registryCommand({ openDatabase });
  for (const command of registry.commands) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (said.out += text),
      writeErr: (text) => (said.err += text),
    });
  }
  try {
    await registry.parseAsync(words, { from: 'user' });
    return { ...said, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { ...said, exitCode: error.exitCode };
  }
}

const starts = (file: string, line: number): RegExp => new RegExp(`^${file}:${line}: .+допустимо`);
