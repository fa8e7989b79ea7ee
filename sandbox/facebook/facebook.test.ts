import { expect } from 'chai';
import { callGraph } from '../meta/testing.ts';
import { pixel, startSandbox, stopSandboxes, type Sandbox } from '../testing.ts';

describe('Facebook stand-in', () => {
  let there: Sandbox['facebook'];
  let post: string;
  beforeEach(async () => {
    there = (await startSandbox()).facebook;
    post = there.post({ author: 'Ия', text: 'Яма' }).id;
  });
  afterEach(stopSandboxes);

  const say = (id: string, params: Record<string, string>) =>
    callGraph(there, `${id}/comments`, params, { method: 'POST' });
  const list = async (path: string, params: Record<string, string> = {}) =>
    ((await callGraph(there, path, params)).body.data ?? []).map(({ id }) => id);

  it('has what the page wrote, what visitors wrote and what names it in one feed', async () => {
    const named = there.post({ text: 'ау', place: 'elsewhere' }).id;
    const [own] = there.posts('own');
    expect(await list('519003/feed')).to.deep.equal([named, post, own?.id]);
    expect(await list('519003/visitor_posts')).to.deep.equal([post]);
    expect(await list('519003/tagged')).to.deep.equal([named]);
    expect(await list('519003/posts')).to.deep.equal([own?.id]);
    const fields = { fields: 'from,permalink_url' };
    expect((await callGraph(there, named, fields)).body).not.to.have.property('from');
    expect((await callGraph(there, post, fields)).body).to.have.nested.property('from.name', 'Ия');
  });

  it('comments as the page, in threads of one level, and shows the fields wanted', async () => {
    const first = await say(post, { message: 'Заделаем', fields: 'id,permalink_url' });
    const top = String(first.body.id);
    expect(first.body).to.have.keys('id', 'permalink_url');
    const inner = String((await say(top, { message: 'Сегодня' })).body.id);
    await say(inner, { message: 'К вечеру' });
    expect(await list(`${post}/comments`)).to.deep.equal([top]);
    expect(await list(`${post}/comments`, { filter: 'stream' })).to.have.length(3);
    expect(await list(`${top}/comments`, { order: 'reverse_chronological' })).to.have.length(2);
    const { body } = await callGraph(there, inner, { fields: 'parent{id},from' });
    expect(body).to.have.nested.property('parent.id', top);
    expect(body).to.have.nested.property('from.id', '519003');
    const count = { fields: 'comments.filter(stream).limit(0).summary(true)' };
    expect((await callGraph(there, post, count)).body).to.have.nested.property(
      'comments.summary.total_count',
      3,
    );
  });

  it('refuses the same words twice, nothing, too much and what is not there', async () => {
    await say(post, { message: 'Заделаем' });
    const code = async (id: string, message: string) =>
      (await say(id, { message })).body.error?.code;
    expect(await code(post, 'Заделаем')).to.equal(506);
    expect(await code(post, ' ')).to.equal(100);
    expect(await code(post, 'я'.repeat(8_001))).to.equal(100);
    expect(await code('1_2', 'х')).to.equal(100);
    there.delete(post);
    expect((await say(post, { message: 'поздно' })).body.error).to.include({ error_subcode: 33 });
  });

  it('carries a photo in two steps to one comment', async () => {
    const bring = async (bytes: Buffer) => {
      const body = new FormData();
      body.set('published', 'false');
      body.set('source', new Blob([new Uint8Array(bytes)]), 'яма.png');
      return (await callGraph(there, '519003/photos', {}, { method: 'POST', body })).body;
    };
    const attachment_id = String((await bring(pixel)).id);
    const made = await say(post, { message: '', attachment_id });
    const { body } = await callGraph(there, String(made.body.id), { fields: 'attachment{media}' });
    expect(body).to.have.nested.property('attachment.media.image.src').that.contains('/photo/');
    expect((await say(post, { message: '', attachment_id })).body.error?.code).to.equal(100);
    expect((await bring(Buffer.from('no picture'))).error?.code).to.equal(324);
  });

  it('keeps everything over a reset but what the page published from the start', () => {
    there.reset();
    expect(there.posts().map(({ place }) => place)).to.deep.equal(['own']);
  });
});
