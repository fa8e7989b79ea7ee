import { expect } from 'chai';
import { callGraph } from '../meta/testing.ts';
import { startSandbox, stopSandboxes, type Sandbox } from '../testing.ts';

const ACCOUNT = '17840000000519004';

describe('Instagram stand-in', () => {
  let there: Sandbox['instagram'];
  let media: string;
  beforeEach(async () => {
    there = (await startSandbox()).instagram;
    media = there.posts('own')[0]?.id ?? '';
  });
  afterEach(stopSandboxes);

  const post = (path: string, params: Record<string, string>) =>
    callGraph(there, path, params, { method: 'POST' });
  const ids = async (path: string, params: Record<string, string> = {}) =>
    ((await callGraph(there, path, params)).body.data ?? []).map(({ id }) => id);

  it('answers a comment in its thread, with text alone', async () => {
    const comment = there.comment({ post: media, text: 'Темно' });
    const made = await post(`${comment.id}/replies`, { message: 'Починим' });
    expect(made.body).to.have.keys('id');
    expect(await ids(`${comment.id}/replies`)).to.deep.equal([made.body.id]);
    const fields = 'replies.limit(5){id,text,from}';
    const { body } = await callGraph(there, `${media}/comments`, { fields });
    expect(body).to.have.nested.property('data[0].replies.data[0].from.id', ACCOUNT);
    const count = await callGraph(there, media, { fields: 'comments_count,permalink' });
    expect(count.body).to.include({ comments_count: 2 });
    expect((await post(`${comment.id}/replies`, { message: '' })).body.error?.code).to.equal(100);
    const long = { message: 'я'.repeat(2_201) };
    expect((await post(`${comment.id}/replies`, long)).body.error?.code).to.equal(100);
  });

  it('gives comments fifty at most, newest first', async () => {
    for (let n = 0; n < 60; n += 1) there.comment({ post: media, text: `${n}` });
    const { body } = await callGraph(there, `${media}/comments`, { limit: '100', fields: 'text' });
    expect(body.data).to.have.length(50);
    expect(body.data?.[0]).to.include({ text: '59' });
  });

  it('shows what is elsewhere only through the mention', async () => {
    const theirs = there.post({ author: 'ira', text: 'Ау @sandbox_smolgov' });
    const named = there.comment({ post: theirs.id, text: '@sandbox_smolgov, темно' });
    const silent = there.comment({ post: theirs.id, text: 'мимо' });
    expect(await ids(`${ACCOUNT}/tags`)).to.deep.equal([theirs.id]);
    for (const id of [theirs.id, named.id]) {
      expect((await callGraph(there, id)).body.error?.code).to.equal(100);
    }
    const read = (fields: string) => callGraph(there, ACCOUNT, { fields });
    const caption = await read(`mentioned_media.media_id(${theirs.id}){caption,username}`);
    expect(caption.body).to.have.nested.property('mentioned_media.username', 'ira');
    const text = await read(`mentioned_comment.comment_id(${named.id}){text,media{id}}`);
    expect(text.body).to.have.nested.property('mentioned_comment.media.id', theirs.id);
    expect((await read(`mentioned_comment.comment_id(${silent.id}){text}`)).status).to.equal(400);

    const answer = { message: 'Починим', media_id: theirs.id };
    expect((await post(`${ACCOUNT}/mentions`, answer)).body).to.have.keys('id');
    const under = { ...answer, comment_id: named.id };
    expect((await post(`${ACCOUNT}/mentions`, under)).body).to.have.keys('id');
    const wrong = { ...answer, comment_id: silent.id };
    expect((await post(`${ACCOUNT}/mentions`, wrong)).body.error?.code).to.equal(10);
  });
});
