import { expect } from 'chai';
import type { Sandbox } from '../sandbox.ts';
import type { Ref } from '../social/types.ts';
import { callOk, pixel, startSandbox, stopSandboxes } from '../testing.ts';
import { topicId } from './ids.ts';

const of = (post: Ref) => ({ discussionId: topicId(post), discussionType: 'GROUP_TOPIC' });

describe('OK stand-in: reading', () => {
  let sandbox: Sandbox;
  let clock: number;
  beforeEach(async () => {
    clock = Date.parse('2026-11-24T09:00:00Z');
    sandbox = await startSandbox({ now: () => new Date((clock += 1000)) });
  });
  afterEach(stopSandboxes);

  it('lists discussions of groups by their latest activity, page by page', async () => {
    const first = sandbox.ok.post({ text: 'первая' });
    const second = sandbox.ok.post({ text: 'вторая', wall: 'official' });
    sandbox.ok.post({ text: 'личная', wall: 'personal' });
    sandbox.ok.comment({ post: first, text: 'и ещё' });
    const list = { category: 'GROUP', types: 'GROUP_TOPIC', count: 1 };
    const page = await callOk(sandbox, 'discussions.getList', list);
    expect(page.discussions[0]).to.deep.include({
      object_id: topicId(first),
      object_type: 'GROUP_TOPIC',
      total_comments_count: 1,
      ref_objects: [{ type: 'GROUP', id: '519002' }],
    });
    expect(page.has_more).to.equal(true);
    const { anchor } = page;
    const next = await callOk(sandbox, 'discussions.getList', { ...list, anchor });
    expect(next.discussions.map((each) => each['object_id'])).to.deep.equal([topicId(second)]);
    expect(next.has_more).to.equal(false);
  });

  it('gives comments from the first or from the last, with dates of Moscow', async () => {
    const post = sandbox.ok.post({ text: 'тема' });
    const [one] = ['раз', 'два', 'три'].map((text) =>
      sandbox.ok.comment({ post, author: 'Ия Ким', text }),
    );
    const last = await callOk(sandbox, 'discussions.getComments', {
      ...of(post),
      anchor: 'LAST',
      direction: 'BACKWARD',
      count: 2,
    });
    expect(last.comments.map((each) => each['text'])).to.deep.equal(['два', 'три']);
    const older = await callOk(sandbox, 'discussions.getComments', {
      ...of(post),
      anchor: last.anchor,
      direction: 'BACKWARD',
      count: 2,
    });
    expect(older.comments.map((each) => each['id'])).to.deep.equal([String(one?.id)]);
    const first = await callOk(sandbox, 'discussions.getComments', {
      ...of(post),
      anchor: 'FIRST',
    });
    expect(first.comments[0]).to.deep.include({
      id: String(one?.id),
      text: 'раз',
      author_id: String(one?.from_id),
      author_ref: `user:${one?.from_id}`,
      author_name: 'Ия Ким',
    });
    expect(first.comments[0]?.['date']).to.match(/^2026-11-24 12:00:\d\d$/);
  });

  it('gives only the fields that were asked for', async () => {
    const post = sandbox.ok.post({ text: 'тема' });
    const { id } = sandbox.ok.comment({ post, text: 'раз' });
    const asked = { ...of(post), comment_id: id, fields: 'comment.ID,comment.TEXT' };
    const { comment } = await callOk(sandbox, 'discussions.getComment', asked);
    expect(comment).to.deep.equal({ id: String(id), text: 'раз' });
  });

  it('answers error 700 for a comment and 300 for a topic that are not there', async () => {
    const post = sandbox.ok.post({ text: 'тема' });
    const { id } = sandbox.ok.comment({ post, text: 'раз' });
    sandbox.ok.delete({ owner_id: post.owner_id, id });
    const get = () => callOk(sandbox, 'discussions.getComment', { ...of(post), comment_id: id });
    expect((await get()).error_code).to.equal(700);
    sandbox.ok.delete(post);
    expect((await get()).error_code).to.equal(300);
  });

  it('gives topics by number, at most three blocks of each of several', async () => {
    const post = sandbox.ok.post({ author: 'Ия Ким', text: 'тема', photos: [pixel] });
    const gone = sandbox.ok.post({ text: 'нет' });
    sandbox.ok.delete(gone);
    const topic_ids = `${topicId(post)},${topicId(gone)}`;
    const without = await callOk(sandbox, 'mediatopic.getByIds', { topic_ids });
    expect(without.error_code).to.equal(100);
    const given = await callOk(sandbox, 'mediatopic.getByIds', { topic_ids, media_limit: 3 });
    expect(given.media_topics).to.have.length(1);
    expect(given.media_topics[0]).to.deep.include({
      id: topicId(post),
      created_ms: post.date * 1000,
      author_ref: `user:${post.from_id}`,
      owner_ref: 'group:519002',
    });
    expect(given.entities['users']?.[0]).to.deep.equal({
      uid: String(post.from_id),
      name: 'Ия Ким',
    });
    const photo = given.entities['user_photos']?.[0]?.['pic1024x768'] as string;
    expect((await fetch(photo)).status).to.equal(200);
  });

  it('searches by a whole hashtag, from an instant on', async () => {
    sandbox.ok.post({ text: 'рано #Смоленск' });
    clock += 60_000;
    const group = sandbox.ok.post({ text: '#смоленск, вовремя' });
    const own = sandbox.ok.post({ text: 'и #СМОЛЕНСК', wall: 'personal' });
    sandbox.ok.post({ text: '#смоленскийвал смоленск' });
    const search = async (types: string[]) => {
      const filter = JSON.stringify({ since: '2026-11-24 12:01:00', types });
      const found = await callOk(sandbox, 'search.tagContents', { query: 'смоленск', filter });
      return found.entities['media_topics']?.map((topic) => topic['id']);
    };
    expect(await search(['GROUP_TOPIC'])).to.deep.equal([topicId(group)]);
    expect(await search(['USER_TOPIC'])).to.deep.equal([topicId(own)]);
  });
});
