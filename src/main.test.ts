import { once } from 'node:events';
import { expect } from 'chai';
import { startMain, type MainProcess } from '../test/operations/main-process.ts';
import { testDatabase, type TestDatabase } from '../test/postgres.ts';
import { freePorts } from '../stack/ports.ts';

describe('The application does not start', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  /** What it says before it ends. */
  async function refusal(over: Record<string, string> = {}): Promise<string> {
    const { grpc, tasklist } = await freePorts();
    const main: MainProcess = startMain({
      DATABASE_URL: database.url,
      OTKLIK_PORT: String(tasklist),
      OTKLIK_GRPC_ADDRESS: `localhost:${grpc}`,
      OTKLIK_LINK_SECRET: 'a secret of sixteen',
      OTKLIK_LOG_LEVEL: 'fatal',
      ...over,
    });
    const { code } = await main.ended;
    expect(code).to.equal(1);
    return main.output();
  }

  it('without a region, and says how to load one', async () => {
    expect(await refusal()).to.equal(
      'регион не загружен; выполните: npm run -s otklik -- registry import ПАПКА\n',
    );
  });

  it('on a database that a newer version changed, and says so', async () => {
    await database.db.query(
      `insert into migrations (timestamp, name) values (9999999999999, 'Later9999999999999')`,
    );
    expect(await refusal()).to.equal(
      'The database was changed by a newer version of Otklik (Later9999999999999): start that version, or restore a backup made before the update\n',
    );
    await database.db.query(`delete from migrations where name like 'Later%'`);
  });

  it('where there is no such database, and names the setting', async () => {
    const url = new URL(database.url);
    url.pathname = 'nowhere';
    const said = await refusal({ DATABASE_URL: url.href });
    expect(said).to.contain('DATABASE_URL: PostgreSQL refuses the connection: database "nowhere"');
    expect(said).not.to.contain(url.password + '@');
  });

  it('twice on one port, and names the setting that moves it', async () => {
    const { createServer } = await import('node:http');
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await refusal({ OTKLIK_PORT: String(port) })).to.equal(
      `Port ${port} is in use: set OTKLIK_PORT to a free one\n`,
    );
    other.close();
  });
});
