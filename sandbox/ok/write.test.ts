import { expect } from 'chai';
import type { FaultInput } from '../faults.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Post } from '../social/types.ts';
import { callOk, pixel, startSandbox, stopSandboxes, type OkParams } from '../testing.ts';
import { topicId } from './ids.ts';

const ADD = 'discussions.addDiscussionComment';

describe('OK stand-in: answering', () => {
  let sandbox: Sandbox;
  let post: Post;
  beforeEach(async () => {
    sandbox = await startSandbox();
    post = sandbox.ok.post({ text: 'тема', wall: 'official' });
  });
  afterEach(stopSandboxes);

  const add = (params: OkParams = {}) =>
    callOk(sandbox, ADD, {
      entityId: topicId(post),
      entityType: 'GROUP_TOPIC',
      comment: 'Ответ',
      ...params,
    });
  const comments = () => sandbox.ok.comments(post);

  async function upload(...files: Buffer[]) {
    const place = await callOk(sandbox, 'photosV2.getUploadUrl', { count: files.length || 1 });
    const form = new FormData();
    files.forEach((file, n) => form.set(`pic${n + 1}`, new Blob([new Uint8Array(file)]), 'a.png'));
    const response = await fetch(place.upload_url, { method: 'POST', body: form });
    return { ids: place.photo_ids, ...((await response.json()) as { error_code?: number }) } as {
      ids: string[];
      error_code?: number;
      photos: Record<string, { token: string }>;
    };
  }

  it('writes as the user, or in the group he administers as the group', async () => {
    await add();
    const { comment } = await add({ as_admin: 'true', comment: 'От группы' });
    expect(comments().map(({ from_id }) => from_id)).to.deep.equal([519100, -519001]);
    expect(comment).to.deep.include({ text: 'От группы', author_ref: 'group:519001' });
    post = sandbox.ok.post({ text: 'чужая', wall: 'city' });
    expect((await add({ as_admin: 'true' })).error_code).to.equal(50);
  });

  it('writes two comments for two calls: it has no key against repeats', async () => {
    await add();
    await add();
    expect(comments()).to.have.length(2);
  });

  it('answers a comment', async () => {
    const { id } = sandbox.ok.comment({ post, text: 'Когда?' });
    const { comment } = await add({ reply_to_comment_id: id });
    expect(comment).to.deep.include({ reply_to_comment_id: String(id) });
    expect((await add({ reply_to_comment_id: 77 })).error_code).to.equal(700);
  });

  for (const [what, params, code] of [
    ['an empty text', { comment: ' ' }, 100],
    ['a text too long', { comment: 'а'.repeat(4097) }, 601],
    ['an unknown type', { entityType: 'STONE' }, 100],
    ['another topic', { entityId: 5 }, 300],
    ['attachments that are no JSON', { attachments: '[' }, 100],
    ['an unknown photo', { attachments: '[{"type":"PHOTO","token":"x"}]' }, 100],
  ] as [string, OkParams, number][]) {
    it(`answers ${what} with error ${code}`, async () => {
      expect((await add(params)).error_code).to.equal(code);
      expect(comments()).to.have.length(0);
    });
  }

  it('answers error 456 where comments are closed', async () => {
    post = sandbox.ok.post({ text: 'тихо', wall: 'official', commentsClosed: true });
    expect((await add()).error_code).to.equal(456);
  });

  it('gives a token for each photo, which serves once', async () => {
    const { ids, photos } = await upload(pixel, pixel);
    expect(Object.keys(photos)).to.have.members(ids);
    const attachments = JSON.stringify(
      ids.map((id) => ({ type: 'PHOTO', token: photos[id]?.token })),
    );
    await add({ attachments });
    expect(comments()[0]?.photos).to.have.length(2);
    expect((await add({ attachments })).error_code).to.equal(100);
  });

  it('saves a photo for good, and takes it by its number', async () => {
    const { ids, photos } = await upload(pixel);
    const [photo_id = ''] = ids;
    const commit = () =>
      callOk(sandbox, 'photosV2.commit', { photo_id, token: photos[photo_id]?.token });
    const [saved] = (await commit()).photos;
    expect(saved).to.deep.include({ photo_id, status: 'SUCCESS' });
    const id = saved?.['assigned_photo_id'];
    await add({ attachments: JSON.stringify([{ type: 'PHOTO', id }]) });
    expect(comments()[0]?.photos).to.have.length(1);
    expect((await commit()).photos[0]?.['status']).not.to.equal('SUCCESS');
  });

  it('takes neither a file that is no picture nor none at all', async () => {
    expect((await upload(Buffer.from('text'))).error_code).to.equal(503);
    expect((await upload()).error_code).to.equal(505);
  });

  describe('misbehaves when told to', () => {
    for (const [fault, code] of [
      [{ kind: 'rate' }, 11],
      [{ kind: 'captcha' }, 514],
      [{ kind: 'permission' }, 456],
      [{ kind: 'permission', code: 10 }, 10],
      [{ kind: 'refused' }, 454],
      [{ kind: 'credentials' }, 102],
      [{ kind: 'error' }, 9999],
      [{ kind: 'error', code: 7 }, 7],
    ] as [FaultInput, number][]) {
      it(`${fault.kind}: error ${code}, once`, async () => {
        sandbox.ok.behaviour({ ...fault, times: 1 });
        expect((await add()).error_code).to.equal(code);
        expect((await add()).error_code).to.equal(undefined);
      });
    }

    for (const [kind, made] of [
      ['cut-before', 0],
      ['cut-after', 1],
    ] as const) {
      it(`${kind}: leaves ${made} comments`, async () => {
        sandbox.ok.behaviour({ kind, times: 1 });
        expect(await add().catch((error: Error) => error.message)).to.equal('fetch failed');
        expect(comments()).to.have.length(made);
      });
    }

    it('down: answers HTTP 503 until calmed', async () => {
      sandbox.ok.behaviour({ kind: 'down' });
      expect(await add().catch((error: Error) => error.message)).to.equal('HTTP 503');
      sandbox.ok.calm();
      expect((await add()).error_code).to.equal(undefined);
    });
  });
});
