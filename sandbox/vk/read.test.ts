import { expect } from 'chai';
import { callVk, pixel, startSandbox, stopSandboxes } from '../testing.ts';
import type { VkAnswer, VkParams } from '../testing.ts';
import type { Ref, User } from '../social/types.ts';

const ids = (items: Ref[]) => items.map((item) => item.id);

describe('VK stand-in: reading', () => {
  afterEach(stopSandboxes);

  it('finds posts of all walls by words in any form, newest first, with people', async () => {
    let seconds = 1_790_000_000;
    const sandbox = await startSandbox({ now: () => new Date(seconds++ * 1000) });
    const first = sandbox.vk.post({ author: 'Анна Петрова', text: 'Плохая дорога у школы' });
    sandbox.vk.post({ text: 'Продам велосипед' });
    const last = sandbox.vk.post({
      author: 'Олег Иванов',
      wall: 'personal',
      text: 'Ремонт дороги ❄️ когда?',
      photos: [pixel],
    });

    const { response } = await callVk(sandbox, 'newsfeed.search', { q: 'дороги', extended: 1 });

    expect(ids(response.items)).to.deep.equal([last.id, first.id]);
    expect(response.items[0]).to.include({
      owner_id: last.from_id,
      from_id: last.from_id,
      date: last.date,
      text: 'Ремонт дороги ❄️ когда?',
      post_type: 'post',
    });
    const attachment = response.items[0]?.attachments[0];
    expect(attachment?.type).to.equal('photo');
    expect(attachment?.photo.sizes[0]).to.include({ width: 1, height: 1 });
    const image = await fetch(attachment?.photo.sizes[0]?.url ?? '');
    expect(image.headers.get('content-type')).to.equal('image/png');
    expect(response).to.include({ count: 2, total_count: 2 });
    expect(response.profiles.map((profile) => profile.first_name)).to.have.members([
      'Анна',
      'Олег',
    ]);
    expect(response.groups).to.have.length(1);
    expect(response).not.to.have.property('next_from');
  });

  it('pages through search results without gap or repeat while new posts arrive', async () => {
    const sandbox = await startSandbox({ now: () => new Date('2026-11-24T09:00:00Z') });
    const posts = Array.from({ length: 23 }, (_, i) => sandbox.vk.post({ text: `яма ${i}` }).id);
    const seen: number[] = [];
    let start_from: string | undefined = '';
    while (start_from !== undefined) {
      const params: VkParams = { q: 'яма', count: 5, start_from };
      const { response }: VkAnswer = await callVk(sandbox, 'newsfeed.search', params);
      seen.push(...ids(response.items));
      start_from = response.next_from;
      sandbox.vk.post({ text: 'яма новая' });
    }
    expect(seen).to.deep.equal(posts.reverse());
  });

  it('goes on paging when the last post given out was deleted', async () => {
    const sandbox = await startSandbox();
    const posts = [1, 2, 3, 4].map((i) => sandbox.vk.post({ text: `яма ${i}` }));
    const { response } = await callVk(sandbox, 'newsfeed.search', { q: 'яма', count: 2 });
    sandbox.vk.delete(response.items[1] as Ref);
    const params = { q: 'яма', count: 2, start_from: response.next_from ?? '' };
    const next = await callVk(sandbox, 'newsfeed.search', params);
    expect(ids(next.response.items)).to.deep.equal([posts[1]?.id, posts[0]?.id]);
  });

  it('searches the last 24 hours unless start_time says otherwise', async () => {
    let now = new Date('2026-11-20T09:00:00Z');
    const sandbox = await startSandbox({ now: () => now });
    const old = sandbox.vk.post({ text: 'яма' });
    now = new Date('2026-11-22T09:00:00Z');
    const search = (more: VkParams) => callVk(sandbox, 'newsfeed.search', { q: 'яма', ...more });
    expect((await search({})).response.items).to.be.empty;
    expect((await search({ start_time: old.date })).response.items).to.have.length(1);
    const range = { start_time: old.date, end_time: old.date - 1 };
    expect((await search(range)).response.items).to.be.empty;
  });

  it('shows comments in the search as posts of type reply', async () => {
    const sandbox = await startSandbox();
    const post = sandbox.vk.post({ text: 'Добрый день' });
    const comment = sandbox.vk.comment({ post, text: 'У нас тоже яма' });
    const { response } = await callVk(sandbox, 'newsfeed.search', { q: 'яма' });
    expect(response.items[0]).to.include({
      id: comment.id,
      post_type: 'reply',
      post_id: post.id,
      owner_id: post.owner_id,
    });
  });

  for (const [q, found] of [
    ['елка', ['Ёлку во дворе не убрали']],
    ['ЁЛКИ площадь', []],
    ['"не убрали"', ['Ёлку во дворе не убрали', 'Снег НЕ УБРАЛИ (весь)?']],
    ['"(весь)?"', ['Снег НЕ УБРАЛИ (весь)?']],
    ['убрали -снег', ['Ёлку во дворе не убрали']],
    ['ку', []],
  ] as const) {
    it(`finds by words in any form, by phrases, without words: ${q}`, async () => {
      const sandbox = await startSandbox();
      for (const text of ['Ёлку во дворе не убрали', 'Снег НЕ УБРАЛИ (весь)?']) {
        sandbox.vk.post({ text });
      }
      const { response } = await callVk(sandbox, 'newsfeed.search', { q });
      expect(response.items.map(({ text }) => text)).to.have.members([...found]);
    });
  }

  it('reads a wall with offset, filter and domain', async () => {
    const sandbox = await startSandbox();
    const own = [1, 2, 3].map((i) => sandbox.vk.post({ wall: 'official', text: `запись ${i}` }));
    sandbox.vk.post({ text: 'другая стена' });
    const params = { domain: 'sandbox_smolensk_gov', offset: 1, count: 1 };
    const { response } = await callVk(sandbox, 'wall.get', params);
    expect(response.count).to.equal(3);
    expect(ids(response.items)).to.deep.equal([own[1]?.id]);
    const owners = await callVk(sandbox, 'wall.get', { owner_id: -519001, filter: 'owner' });
    expect(owners.response.count).to.equal(0);
    const found = await callVk(sandbox, 'wall.search', { owner_id: -519001, query: 'запись 2' });
    expect(ids(found.response.items)).to.deep.equal([own[1]?.id]);
  });

  it('gives posts by id, shows an edit, leaves a deleted one out', async () => {
    const sandbox = await startSandbox();
    const kept = sandbox.vk.post({ text: 'было' });
    const gone = sandbox.vk.post({ text: 'удалят' });
    sandbox.vk.edit(kept, 'стало');
    sandbox.vk.delete(gone);
    const posts = [kept, gone].map((post) => `${post.owner_id}_${post.id}`).join();
    const { response } = await callVk(sandbox, 'wall.getById', { posts });
    expect(response.items).to.have.length(1);
    expect(response.items[0]?.text).to.equal('стало');
    expect(response.items[0]?.edited).to.be.a('number');
  });

  it('lists comments with threads, order, start and one thread alone', async () => {
    const sandbox = await startSandbox();
    const post = sandbox.vk.post({ text: 'запись' });
    const [a, b, c] = ['а', 'б', 'в'].map((text) => sandbox.vk.comment({ post, text }).id);
    const answer = sandbox.vk.comment({ post, text: 'ответ', replyTo: Number(a) });
    const deeper = sandbox.vk.comment({
      post,
      text: 'ещё',
      replyTo: answer.id,
      author: 'Ольга Смирнова',
    });
    const where = { owner_id: post.owner_id, post_id: post.id };
    const get = async (more: VkParams) =>
      (await callVk(sandbox, 'wall.getComments', { ...where, ...more })).response;

    const all = await get({ thread_items_count: 10, extended: 1 });
    expect(all).to.include({ count: 5, current_level_count: 3, can_post: true });
    expect(ids(all.items)).to.deep.equal([a, b, c]);
    expect(ids(all.items[0]?.thread.items ?? [])).to.deep.equal([answer.id, deeper.id]);
    expect(deeper.parents_stack).to.deep.equal([a]);
    // Of those who write in threads as well.
    expect(all.profiles).to.have.length(2);
    expect((await get({ thread_items_count: 1, extended: 1 })).profiles).to.have.length(1);

    expect(ids((await get({ sort: 'desc', count: 2 })).items)).to.deep.equal([c, b]);
    expect(ids((await get({ start_comment_id: Number(b) })).items)).to.deep.equal([b, c]);
    expect(ids((await get({ comment_id: Number(a) })).items)).to.deep.equal([answer.id, deeper.id]);

    sandbox.vk.delete({ owner_id: post.owner_id, id: Number(a) });
    expect((await get({})).items[0]).to.include({ id: a, deleted: true, text: '' });
    const params = { owner_id: post.owner_id, comment_id: deeper.id };
    const one = await callVk(sandbox, 'wall.getComment', params);
    expect(one.response.items[0]).to.include({ text: 'ещё', reply_to_comment: answer.id });
  });

  it('tells who is who', async () => {
    const sandbox = await startSandbox();
    const { from_id } = sandbox.vk.post({ author: 'Анна Петрова', text: 'запись' });
    const users = await callVk<User[]>(sandbox, 'users.get', { user_ids: from_id });
    expect(users.response[0]).to.include({ id: from_id, last_name: 'Петрова' });
    const groups = await callVk(sandbox, 'groups.getById', { group_id: 519001 });
    expect(groups.response.groups[0]?.name).to.equal('Правительство Смоленской области');
    const params = { screen_name: 'sandbox_smolensk_city' };
    const name = await callVk(sandbox, 'utils.resolveScreenName', params);
    expect(name.response).to.deep.equal({ type: 'group', object_id: 519002 });
  });
});
