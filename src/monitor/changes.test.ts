import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { openVk, type VkSandbox } from '../../test/vk.ts';
import { checkChanges, noticeEdits } from './changes.ts';
import { takeIn } from './intake.ts';

describe('changes by the authors', () => {
  let test: TestDatabase;
  let world: VkSandbox;
  let post: { owner_id: number; id: number };

  before(async () => {
    test = await testDatabase();
    world = await openVk();
  });
  after(async () => {
    await test.close();
    await world.close();
  });
  beforeEach(async () => {
    await test.db.query('truncate message cascade');
    world.sandbox.vk.reset();
    post = world.sandbox.vk.post({ text: 'было\0 так' });
    await takeIn(
      test.db,
      [
        {
          network: 'vk',
          externalId: `${post.owner_id}_${post.id}`,
          kind: 'post',
          url: '',
          authorName: null,
          authorUrl: null,
          text: 'было\0 так',
          photos: [],
          publishedAt: new Date(),
        },
      ],
      new Date(),
    );
    await test.db.query(`update message set process_instance_key = '1'`);
  });

  const check = async (): Promise<string[]> => {
    const told: string[] = [];
    await checkChanges(test.db, world.vk, (_id, change) => void told.push(change));
    return told;
  };

  it('are none when only what cannot be stored differs', async () => {
    expect(await check()).to.deep.equal([]);
  });

  it('are not asked for before a process is there to be told', async () => {
    await test.db.query('update message set process_instance_key = null');
    world.sandbox.vk.delete(post);
    expect(await check()).to.deep.equal([]);
  });

  it('are told until the one told has done its part', async () => {
    world.sandbox.vk.delete(post);
    const failing = checkChanges(test.db, world.vk, () => Promise.reject(new Error('engine away')));
    expect(await failing.catch((error: Error) => error.message)).to.equal('engine away');
    expect(await check()).to.deep.equal(['deleted']);
    expect(await check()).to.deep.equal([]);
  });

  it('are not told of an old text that a search still shows', async () => {
    world.sandbox.vk.edit(post, 'стало');
    expect(await check()).to.deep.equal(['edited']);
    const told: string[] = [];
    const found = [{ externalId: `${post.owner_id}_${post.id}`, text: 'было так' }];
    await noticeEdits(test.db, world.vk, found, (_id, change) => void told.push(change));
    expect(told).to.deep.equal([]);
  });

  it('do not matter when the message is done with', async () => {
    await test.db.query(`update message set status = 'answered'`);
    world.sandbox.vk.edit(post, 'стало иначе');
    expect(await check()).to.deep.equal([]);
  });
});
