import { expect } from 'chai';
import { asGroup, callVk, pixel, startSandbox, stopSandboxes, type VkParams } from '../testing.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Ref } from '../social/types.ts';

function openPost(sandbox: Sandbox) {
  const post = sandbox.vk.post({ text: 'Когда починят дорогу?' });
  const where = { owner_id: post.owner_id, post_id: post.id };
  const say = (params: VkParams) => callVk(sandbox, 'wall.createComment', { ...where, ...params });
  return { post, say };
}

describe('VK stand-in: answering', () => {
  afterEach(stopSandboxes);

  it('comments from the group, with either token, and in a thread', async () => {
    const sandbox = await startSandbox();
    const { post, say } = openPost(sandbox);
    const first = await say({ ...asGroup, message: 'Здравствуйте!' });
    const second = await say({
      from_group: 519001,
      message: 'Ещё',
      reply_to_comment: first.response.comment_id,
    });
    await say({ message: 'от себя' });
    expect(second.response.parents_stack).to.deep.equal([first.response.comment_id]);
    expect(sandbox.vk.comments(post).map((c) => c.from_id)).to.deep.equal([
      -519001, -519001, 519100,
    ]);
    expect(sandbox.vk.permalink(post, 7)).to.equal(
      `${sandbox.vk.url}/wall-519002_${post.id}?reply=7`,
    );
  });

  it('gives the same comment for the same guid, another author aside', async () => {
    const sandbox = await startSandbox();
    const { post, say } = openPost(sandbox);
    const one = await say({ ...asGroup, message: 'Ответ', guid: 'g-1' });
    const again = await say({ ...asGroup, message: 'Ответ', guid: 'g-1' });
    const other = await say({ message: 'Ответ', guid: 'g-1' });
    expect(again.response.comment_id).to.equal(one.response.comment_id);
    expect(other.response.comment_id).not.to.equal(one.response.comment_id);
    expect(sandbox.vk.comments(post)).to.have.length(2);
  });

  it('carries a photo in three steps to the comment', async () => {
    const sandbox = await startSandbox();
    const { post, say } = openPost(sandbox);
    const server = await callVk(sandbox, 'photos.getWallUploadServer', { group_id: 519001 });
    const form = new FormData();
    form.append('photo', new Blob([pixel], { type: 'image/png' }), 'дорога.png');
    const sent = await fetch(server.response.upload_url, { method: 'POST', body: form });
    const uploaded = (await sent.json()) as VkParams;
    expect(uploaded).to.have.all.keys('server', 'photo', 'hash');
    const save = (more: VkParams) =>
      callVk<Ref[]>(sandbox, 'photos.saveWallPhoto', { group_id: 519001, ...uploaded, ...more });
    expect((await save({ server: 1 })).error?.error_code).to.equal(118);
    expect((await save({ hash: 'x' })).error?.error_code).to.equal(121);
    const photo = (await save({})).response[0] as Ref;
    await say({ ...asGroup, message: '', attachments: `photo${photo.owner_id}_${photo.id}` });
    expect(sandbox.vk.comments(post)[0]?.photos).to.deep.equal([
      { owner_id: photo.owner_id, id: photo.id },
    ]);
    const read = await callVk(sandbox, 'wall.getComments', {
      owner_id: post.owner_id,
      post_id: post.id,
    });
    expect(read.response.items[0]?.attachments[0]?.photo.id).to.equal(photo.id);
  });

  it('answers a file that is no image with an empty list', async () => {
    const sandbox = await startSandbox();
    const form = new FormData();
    form.append('photo', new Blob(['<svg onload=alert(1)>']), 'x.png');
    const sent = await fetch(`${sandbox.vk.url}/upload.php`, { method: 'POST', body: form });
    const uploaded = (await sent.json()) as VkParams;
    expect(uploaded['photo']).to.equal('[]');
    const saved = await callVk<Ref[]>(sandbox, 'photos.saveWallPhoto', uploaded);
    expect(saved.error?.error_code).to.equal(100);
  });

  const cases: [string, VkParams, number, string][] = [
    ['no text and no attachment', { message: ' ' }, 100, 'message is undefined'],
    ['text over the limit', { message: 'я'.repeat(4097) }, 100, 'message is too long'],
    ['unknown photo', { message: 'а', attachments: 'photo-1_2' }, 100, 'photo-1_2'],
    ['another group', { message: 'а', from_group: 7 }, 15, 'from_group'],
    ['post that never was', { message: 'а', post_id: 99 }, 100, 'incorrect post_id'],
    ['post_id that is no number', { message: 'а', post_id: 'x' }, 100, 'post_id should be integer'],
    ['answer to nothing', { message: 'а', reply_to_comment: 99 }, 100, 'reply_to_comment'],
  ];
  for (const [name, params, code, text] of cases) {
    it(`refuses: ${name}`, async () => {
      const sandbox = await startSandbox();
      const { post, say } = openPost(sandbox);
      const { error } = await say({ ...asGroup, ...params });
      expect(error?.error_code).to.equal(code);
      expect(error?.error_msg).to.contain(text);
      expect(sandbox.vk.comments(post)).to.be.empty;
    });
  }

  it('takes 4096 characters, counting an emoji as one', async () => {
    const sandbox = await startSandbox();
    const { say } = openPost(sandbox);
    expect((await say({ ...asGroup, message: '🙂'.repeat(4096) })).response).to.exist;
  });

  it('knows a deleted post and closed comments', async () => {
    const sandbox = await startSandbox();
    const { post, say } = openPost(sandbox);
    sandbox.vk.delete(post);
    expect((await say({ message: 'а' })).error?.error_code).to.equal(15);
    const closed = sandbox.vk.post({ text: 'нельзя', commentsClosed: true });
    const where = { owner_id: closed.owner_id, post_id: closed.id };
    const say2 = await callVk(sandbox, 'wall.createComment', { ...where, message: 'а' });
    expect(say2.error?.error_code).to.equal(213);
    expect((await callVk(sandbox, 'wall.getComments', where)).error?.error_code).to.equal(212);
  });
});
