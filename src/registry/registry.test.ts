import { join } from 'node:path';
import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { openDatabase, type Database } from '../db/data-source.ts';
import { importRegion } from './import.ts';
import { regionIn } from './load.ts';
import { agencyByCode, curatorAgency, regionSettings } from './queries.ts';

const REGION = join(import.meta.dirname, '..', '..', 'region', 'smolensk');

describe('The registry as handlers see it', () => {
  let database: TestDatabase;
  let db: Database;
  let other: Database;
  before(async () => {
    database = await testDatabase();
    ({ db } = database);
    other = await openDatabase(database.url);
  });
  after(async () => {
    await other.destroy();
    await database.close();
  });

  const rename = (to: string) =>
    other.query(`update agency set short_name = $1 where code = 'mintrans'`, [to]);
  const nameNow = async () => (await agencyByCode(db.manager, 'mintrans'))?.shortName;

  it('is empty until a region is imported, and whole from then on', async () => {
    for (const ask of [regionSettings, curatorAgency]) {
      const said = await ask(db.manager).then(String, String);
      expect(said).to.match(/регион не загружен/);
    }
    await importRegion(other, await regionIn(REGION));
    expect((await regionSettings(db.manager)).zone).to.equal('Europe/Moscow');
    expect((await curatorAgency(db.manager)).isCurator).to.equal(true);
  });

  it('follows what another process changes, in its tables or by an import', async () => {
    await rename('Первое');
    expect(await nameNow()).to.equal('Первое');
    await rename('Второе');
    expect(await nameNow()).to.equal('Второе');
    await other.query(`update region set settings = jsonb_set(settings, '{name}', '"Иная"')`);
    expect((await regionSettings(db.manager)).name).to.equal('Иная');
  });

  it('shows a transaction its own change, and forgets one that was undone', async () => {
    await rename('Прежнее');
    const undone = await db
      .transaction(async (tx) => {
        await tx.query(`update agency set short_name = 'Отменённое' where code = 'mintrans'`);
        const seen = (await agencyByCode(tx, 'mintrans'))?.shortName;
        throw new Error(seen);
      })
      .then(String, String);
    expect(undone).to.equal('Error: Отменённое');
    expect(await nameNow()).to.equal('Прежнее');
    await rename('Следующее');
    expect(await nameNow()).to.equal('Следующее');
  });
});
