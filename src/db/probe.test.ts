import { expect } from 'chai';
import { openProxy, type Proxy } from '../../test/operations/proxy.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { createPart } from '../health.ts';
import { openDatabase, type Database } from './data-source.ts';
import { databaseProbe } from './probe.ts';

describe('Whether the database answers', () => {
  let database: TestDatabase;
  let network: Proxy;
  let url: string;
  before(async () => {
    database = await testDatabase();
    const address = new URL(database.url);
    network = await openProxy(Number(address.port));
    address.port = String(network.port);
    url = address.href;
  });
  after(async () => {
    await network.close();
    await database.close();
  });

  const sessions = async (): Promise<number> => {
    const [{ count }] = await database.db.query<[{ count: string }]>(
      'select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return Number(count);
  };

  it('is told while connections of the pool are dead and do not know it', async () => {
    const db: Database = await openDatabase(url);
    const part = createPart('database', databaseProbe(url));
    await Promise.all([1, 2, 3].map(() => db.query('select 1')));
    network.swallow();
    network.pass();
    await part.check();
    expect(part.awaySince).to.be.null;
    await db.destroy();
  });

  it('is asked without leaving a session behind', async () => {
    const before = await sessions();
    await Promise.all(Array.from({ length: 5 }, databaseProbe(url)));
    await until(async () => (await sessions()) <= before);
  });

  it('and it does not when nothing arrives, or nobody listens', async () => {
    const part = createPart('database', databaseProbe(url));
    network.swallow();
    await part.check();
    expect(part.awaySince, 'silent').to.be.an.instanceOf(Date);
    network.pass();
    await part.check();
    expect(part.awaySince, 'back').to.be.null;
    network.cut();
    await part.check();
    expect(part.awaySince, 'cut').to.be.an.instanceOf(Date);
    network.pass();
  });
});
