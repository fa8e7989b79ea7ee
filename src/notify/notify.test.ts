import { expect } from 'chai';
import { OfficialEntity } from '../db/entities/official.ts';
import { OutboxEntryEntity } from '../db/entities/outbox.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { notify, notifyCurators, notifyOfficial } from './notify.ts';

const note = { key: 'k', subject: 'Поручение', body: 'Текст' };
const box = { channel: 'email', address: 'a@b.example' } as const;

describe('A notice', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    const official = { post: 'Консультант', rank: 'specialist', role: 'curator' as const };
    await database.db.getRepository(OfficialEntity).insert([
      { ...official, login: 'ivanova', email: 'ivanova@b.example' },
      { ...official, login: 'petrov', email: 'petrov@b.example' },
      { ...official, login: 'without-mail', email: null },
      { ...official, login: 'head', email: 'head@b.example', role: 'department-head' },
    ]);
  });
  after(() => database.close());
  beforeEach(() => database.db.query('delete from outbox'));

  const entries = () =>
    database.db.getRepository(OutboxEntryEntity).find({ order: { createdAt: 'ASC' } });

  it('with a known key changes nothing', async () => {
    await notify(database.db.manager, box, note);
    await notify(database.db.manager, box, { ...note, body: 'Иначе' });
    expect((await entries()).map(({ body }) => body)).to.deep.equal(['Текст']);
  });

  it('does not leave without its transaction', async () => {
    const failed = database.db.transaction(async (tx) => {
      await notify(tx, box, note);
      throw new Error('killed');
    });
    await failed.catch(() => undefined);
    expect(await entries()).to.be.empty;
  });

  it('keeps its place among those of one transaction', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => String(index));
    await database.db.transaction(async (tx) => {
      for (const key of keys) await notify(tx, box, { ...note, key });
    });
    expect((await entries()).map(({ key }) => key)).to.deep.equal(keys);
  });

  it('to an official goes to their address, to one without it nowhere', async () => {
    await notifyOfficial(database.db.manager, 'head', note);
    await notifyOfficial(database.db.manager, 'without-mail', { ...note, key: 'other' });
    await notifyOfficial(database.db.manager, 'nobody', { ...note, key: 'third' });
    expect((await entries()).map(({ address }) => address)).to.deep.equal(['head@b.example']);
  });

  it('to the curators goes to each of them', async () => {
    await notifyCurators(database.db.manager, note);
    expect((await entries()).map(({ key, address }) => [key, address])).to.deep.equal([
      ['k:ivanova', 'ivanova@b.example'],
      ['k:petrov', 'petrov@b.example'],
    ]);
  });
});
