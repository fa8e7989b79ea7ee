import { Socket } from 'node:net';
import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { transaction } from './transaction.ts';

const ADD = 'insert into poll_cursor (network, source) values ($1, $2)';

describe('A transaction with its last statements', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());
  beforeEach(() => database.db.query('delete from poll_cursor'));

  const kept = async () =>
    (
      await database.db.query<{ source: string }[]>('select source from poll_cursor order by 1')
    ).map(({ source }) => source);

  it('sends them together with its COMMIT', async () => {
    const { db } = database;
    const sent = await packets(() =>
      transaction(db, async (tx, last) => {
        const [row] = await tx.query<{ n: number }[]>('select 1 as n');
        last(tx.query(ADD, ['vk', 'one']), tx.query(ADD, ['vk', 'two']));
        return row!.n;
      }),
    );
    expect(sent).to.eql({ count: 2, result: 1 });
    expect(await kept()).to.eql(['one', 'two']);
  });

  it('fails as they fail, and undoes everything', async () => {
    const { db } = database;
    const failed = transaction(db, async (tx, last) => {
      await tx.query(ADD, ['vk', 'one']);
      last(tx.query(ADD, ['vk', 'two']), tx.query('select 1 / 0'), tx.query(ADD, ['vk', 'three']));
    });
    expect(await failed.then(String, String)).to.match(/division by zero/);
    expect(await kept()).to.eql([]);
    await transaction(db, (tx, last) => Promise.resolve(last(tx.query(ADD, ['vk', 'four']))));
    expect(await kept()).to.eql(['four']);
  });

  it('fails as what comes before them fails', async () => {
    const failed = transaction(database.db, async (tx, last) => {
      last(tx.query(ADD, ['vk', 'one']));
      await tx.query('select 1');
      throw new Error('changed my mind');
    });
    expect(await failed.then(String, String)).to.match(/changed my mind/);
    expect(await kept()).to.eql([]);
  });

  it('refuses a statement that comes too late, rather than carry it out by itself', async () => {
    const failed = transaction(database.db, (tx, last) =>
      Promise.resolve(last(tx.query('select 1').then(() => tx.query(ADD, ['vk', 'late'])))),
    );
    expect(await failed.then(String, String)).to.match(/after the last of its transaction/);
    expect(await kept()).to.eql([]);
  });
});

/** How many packets go out to the database while `act` works. */
async function packets<T>(act: () => Promise<T>): Promise<{ count: number; result: T }> {
  const prototype = Socket.prototype as unknown as { _writeGeneric: (...given: unknown[]) => void };
  const { _writeGeneric: write } = prototype;
  let count = 0;
  prototype._writeGeneric = function (...given) {
    count += 1;
    write.apply(this, given);
  };
  try {
    const result = await act();
    return { count, result };
  } finally {
    prototype._writeGeneric = write;
  }
}
