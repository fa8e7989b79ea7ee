import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { dropLeases, takeLease } from './lease.ts';

describe('lease of a source', () => {
  let test: TestDatabase;
  before(async () => void (test = await testDatabase()));
  after(() => test.close());
  beforeEach(() => test.db.query('truncate poll_cursor'));

  const take = (owner: string, ms = 60_000) => takeLease(test.db, owner, 'vk', 'page:1', ms);

  it('belongs to one process, and to one of many that ask at once', async () => {
    const owners = Array.from({ length: 10 }, (_, n) => `p${n}`);
    const leases = await Promise.all(owners.map((owner) => take(owner)));
    expect(leases.filter((lease) => lease !== null)).to.have.length(1);
  });

  it('is taken again by its owner, with the position that was kept', async () => {
    expect((await take('a'))?.position).to.equal(null);
    expect(await (await take('a'))?.done({ from: 1 }, 60_000)).to.equal(true);
    expect((await take('a'))?.position).to.deep.equal({ from: 1 });
  });

  it('goes to another when it ran out or was dropped, and the first can keep nothing', async () => {
    const first = await take('a', 1);
    const second = await until(() => take('b'));
    expect(await first?.renew(1_000)).to.equal(false);
    expect(await first?.done({ from: 9 }, 1_000)).to.equal(false);
    await second.done({ from: 2 }, 60_000);
    expect(await take('a')).to.equal(null);
    await dropLeases(test.db, 'b');
    expect((await take('a'))?.position).to.deep.equal({ from: 2 });
  });

  it('keeps the last failure until the next success', async () => {
    const lease = await take('a');
    await lease?.failed('HTTP\0 503', 1_000);
    const row = () => test.db.query<{ last_error: string | null }[]>('select * from poll_cursor');
    expect((await row())[0]?.last_error).to.equal('HTTP 503');
    await lease?.done(null, 1_000);
    expect((await row())[0]?.last_error).to.equal(null);
  });
});
