import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import { systemHealth } from './health.ts';

const SETUP: NetworkSetup = {
  vk: 'read',
  ok: 'read',
  facebook: 'off',
  instagram: 'no-key',
  x: 'read',
};
const AWAY = 'сеть не отвечает (api.vk.com: HTTP 503)';

/** What a source left: minutes since it was last read, null for never; minutes its lease still runs. */
interface Source {
  read: number | null;
  fault?: string;
  lease?: number | null;
}

describe('The state of networks, engine and mail', () => {
  let test: TestDatabase;
  before(async () => void (test = await testDatabase()));
  after(() => test.close());
  beforeEach(() =>
    test.db.query('truncate poll_cursor, network_switch, process_start, outbox cascade'),
  );

  const sources = async (network: string, all: Record<string, Source>) => {
    for (const [source, { read, fault = null, lease = 2 }] of Object.entries(all)) {
      await test.db.query(
        `insert into poll_cursor (network, source, last_success_at, last_error, lease_until) values
         ($1, $2, now() - make_interval(mins => $3), $4, now() + make_interval(mins => $5))`,
        [network, source, read, fault, lease],
      );
    }
  };
  const health = () => systemHealth(test.db.manager, SETUP);
  const of = async (code: string) => (await health()).find((it) => it.code === code);
  const minutesSince = (since: unknown) =>
    Math.round((Date.now() - new Date(String(since)).getTime()) / 60_000);

  it('has a line for each network, whether it is read or not, then engine and mail', async () => {
    await sources('vk', { wall: { read: 0 }, search: { read: 1 } });
    await sources('instagram', { tags: { read: 1, fault: AWAY } });
    await test.db.query(`insert into network_switch values ('ok', false, true)`);
    await sources('ok', { groups: { read: 600 } });
    const told = (await health()).map(({ code, part, state }) => [code ?? part, state]);
    expect(told).to.deep.equal([
      ['vk', 'ok'],
      ['ok', 'off'],
      ['facebook', 'off'],
      ['instagram', 'no-key'],
      ['x', 'down'],
      ['engine', 'ok'],
      ['mail', 'ok'],
    ]);
    for (const { since, reason } of await health()) {
      expect([since, reason]).to.deep.equal([null, null]);
    }
  });

  it('a network fails when one of its sources does: why, and since its last reading', async () => {
    await sources('vk', {
      wall: { read: 0 },
      changes: { read: 3, fault: 'сеть просит подождать (VK)' },
      search: { read: 12, fault: AWAY },
    });
    const told = await of('vk');
    expect(told).to.include({ state: 'failing', reason: AWAY });
    expect(minutesSince(told?.since)).to.equal(12);
  });

  it('a network that never could be read fails since nobody knows when', async () => {
    await sources('vk', { wall: { read: null, fault: AWAY } });
    expect(await of('vk')).to.include({ state: 'failing', since: null, reason: AWAY });
  });

  it('a failure that nobody tries to mend any more is a network that is not read', async () => {
    await sources('vk', { wall: { read: 40, fault: AWAY, lease: -1 } });
    await sources('ok', { groups: { read: 10, fault: AWAY, lease: null } });
    const [vk, ok] = [await of('vk'), await of('ok')];
    expect(vk).to.include({ state: 'down', reason: null });
    expect(minutesSince(vk?.since)).to.equal(40);
    expect(ok).to.include({ state: 'slow', reason: null });
  });

  it('a source that is read no more, such as a search for a former word, does not count', async () => {
    await sources('vk', {
      wall: { read: 0 },
      'search:прежнее': { read: 5_000, fault: AWAY, lease: -4_998 },
      'search:давнее': { read: 9_000, lease: null },
    });
    expect(await of('vk')).to.include({ state: 'ok', since: null });
  });

  it('what waits for the engine or the mail server makes them slow, then down', async () => {
    await test.db.query(
      `insert into process_start (message_name, correlation_key, variables, created_at)
       values ('message-detected', 'a', '{}', now() - interval '6 minutes')`,
    );
    const told = await health();
    expect(told.find(({ part }) => part === 'engine')).to.include({ state: 'slow' });
    await test.db.query(`update process_start set created_at = now() - interval '31 minutes'`);
    const later = (await health()).find(({ part }) => part === 'engine');
    expect(later).to.include({ state: 'down' });
    expect(minutesSince(later?.since)).to.equal(31);
  });
});
