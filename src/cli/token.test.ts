import { expect } from 'chai';
import { CommanderError } from 'commander';
import { openStage, type Stage } from '../../test/stage.ts';
import { openDatabase } from '../db/data-source.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { ApiTokenEntity } from '../db/entities/api-token.ts';
import { InputError } from '../errors.ts';
import { tokenCommand } from './token.ts';

const NOW = new Date('2026-11-24T09:00:00Z');

describe('otklik token', () => {
  let stage: Stage;
  const given = process.env['DATABASE_URL'];
  before(async () => {
    stage = await openStage();
    const options = stage.db.options as { url?: string };
    process.env['DATABASE_URL'] = options.url;
  });
  after(async () => {
    if (given === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = given;
    await stage.close();
  });
  const kept = () => stage.db.getRepository(ApiTokenEntity).find({ order: { id: 'ASC' } });

  it('create shows the secret once, alone on standard output', async () => {
    const { out, err } = await run(
      'create',
      '--name',
      'Панель',
      '--role',
      'curator',
      '--days',
      '30',
    );
    expect(out).to.match(/^otklik_[\w-]{43}\n$/);
    expect(err).to.equal(
      'Ключ № 1, роль curator, действует до 2026-12-24. Сохраните его: второй раз он показан не будет.\n',
    );
    expect(await kept()).to.have.length(1);
    expect((await run('list')).out)
      .to.equal(
        '1  Панель  curator  выпущен 2026-11-24  действует до 2026-12-24  не использовался\n',
      )
      .and.not.contain(out.trim());
  });

  it('create limits a token to agencies', async () => {
    await run('create', '--name', 'b', '--role', 'executor', '--agency', 'minobr', 'mintrans');
    expect((await kept()).at(-1)?.agencies).to.deep.equal(['minobr', 'mintrans']);
    expect((await run('list')).out).to.contain('executor (minobr, mintrans)');
  });

  it('revoke ends a token, and says so in the audit', async () => {
    expect((await run('revoke', '1')).out).to.equal('Ключ № 1 отозван.\n');
    expect((await run('revoke', '1')).out).to.equal('Ключ № 1 отозван.\n');
    expect((await run('list')).out).to.contain('отозван 2026-11-24');
    const lines = await stage.db.getRepository(AuditEntryEntity).find({ order: { id: 'ASC' } });
    expect(lines.map(({ action }) => action)).to.deep.equal([
      'выпущен ключ доступа № 1 «Панель»',
      'выпущен ключ доступа № 2 «b»',
      'отозван ключ доступа № 1',
    ]);
  });

  for (const [what, args, said] of [
    ['a role that is none', ['create', '--name', 'a', '--role', 'king'], /executor, curator/],
    ['an executor without agencies', ['create', '--name', 'a', '--role', 'executor'], /--agency/],
    [
      'a curator with agencies',
      ['create', '--name', 'a', '--role', 'curator', '--agency', 'minobr'],
      /всех органов/,
    ],
    [
      'an agency that is none',
      ['create', '--name', 'a', '--role', 'executor', '--agency', 'minx'],
      /minx.*minobr/,
    ],
    ['a name of two lines', ['create', '--name', 'a\nb', '--role', 'curator'], /одной строке/],
    ['no time', ['create', '--name', 'a', '--role', 'curator', '--days', '0'], /от 1 до 3650/],
    ['a word for a number', ['revoke', 'first'], /целое число/],
    ['a token that is not there', ['revoke', '99'], /нет ключа доступа № 99/],
  ] as const) {
    it(`refuses ${what}, and says what is allowed`, async () => {
      const before = await kept();
      const { error } = await run(...args);
      expect(error).to.match(said);
      expect(await kept()).to.deep.equal(before);
    });
  }
});

async function run(...args: string[]) {
  const shown = { out: '', err: '', error: '' };
  const command = tokenCommand({ openDatabase, now: () => NOW }).exitOverride();
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({
      writeOut: (text) => void (shown.out += text),
      writeErr: (text) => void (shown.err += text),
    });
  }
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CommanderError)) throw error;
    shown.error = error.message;
  }
  return shown;
}
