import { expect } from 'chai';
import type { FaultInput } from '../faults.ts';
import type { Sandbox } from '../sandbox.ts';
import { callVk, startSandbox, stopSandboxes } from '../testing.ts';

function reply(sandbox: Sandbox, guid = 'g') {
  const post = { owner_id: -519002, post_id: 1 };
  return callVk(sandbox, 'wall.createComment', { ...post, message: 'Ответ', guid });
}

async function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.message,
  );
}

async function startWithPost() {
  const sandbox = await startSandbox();
  const post = sandbox.vk.post({ text: 'запись' });
  return { sandbox, comments: () => sandbox.vk.comments(post).length };
}

describe('VK stand-in: misbehaviour', () => {
  afterEach(stopSandboxes);

  it('cuts the connection after the comment was made; the guid finds it again', async () => {
    const { sandbox, comments } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'cut-after', times: 1 });
    expect(await failure(reply(sandbox))).to.equal('fetch failed');
    expect(comments()).to.equal(1);
    expect((await reply(sandbox)).response.comment_id).to.equal(2);
    expect(comments()).to.equal(1);
  });

  it('cuts the connection before anything was done', async () => {
    const { sandbox, comments } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'cut-before', times: 1 });
    expect(await failure(reply(sandbox))).to.equal('fetch failed');
    expect(comments()).to.equal(0);
    expect(sandbox.vk.behaviour()).to.be.empty;
  });

  it('is down for all methods until switched off', async () => {
    const { sandbox } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'down' });
    expect(await failure(reply(sandbox))).to.equal('HTTP 503');
    expect(await failure(callVk(sandbox, 'users.get'))).to.equal('HTTP 503');
    sandbox.vk.calm();
    expect((await reply(sandbox)).response).to.exist;
  });

  for (const [input, code] of [
    [{ kind: 'rate' }, 6],
    [{ kind: 'captcha' }, 14],
    [{ kind: 'permission' }, 213],
    [{ kind: 'permission', code: 7 }, 7],
    [{ kind: 'refused' }, 222],
    [{ kind: 'credentials' }, 5],
    [{ kind: 'error' }, 10],
    [{ kind: 'error', code: 9 }, 9],
  ] as [FaultInput, number][]) {
    it(`answers ${code} for ${JSON.stringify(input)}, once`, async () => {
      const { sandbox, comments } = await startWithPost();
      sandbox.vk.behaviour({ ...input, times: 1 });
      expect((await reply(sandbox)).error?.error_code).to.equal(code);
      expect(comments()).to.equal(0);
      expect((await reply(sandbox)).response).to.exist;
    });
  }

  it('gives a captcha with a picture', async () => {
    const { sandbox } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'captcha', method: 'wall.createComment', times: 1 });
    const { error } = await reply(sandbox);
    expect(error?.captcha_sid).to.match(/^\d+$/);
    expect((await fetch(error?.captcha_img ?? '')).status).to.equal(200);
  });

  it('hits only the method named', async () => {
    const { sandbox } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'rate', method: 'wall.get' });
    expect((await reply(sandbox)).response).to.exist;
  });

  it('delays', async () => {
    const { sandbox } = await startWithPost();
    sandbox.vk.behaviour({ kind: 'latency', ms: 60_000, method: 'users.get' });
    const signal = AbortSignal.timeout(50);
    const url = `${sandbox.vk.url}/method/users.get`;
    expect(await failure(fetch(url, { signal }))).to.contain('aborted');
  });

  it('is set over HTTP as well', async () => {
    const { sandbox } = await startWithPost();
    const post = (body: unknown) =>
      fetch(`${sandbox.vk.url}/behaviour`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const on = await post([
      { kind: 'refused', times: 2 },
      { kind: 'down', method: 'upload' },
    ]);
    expect(await on.json()).to.deep.equal([
      { kind: 'refused', method: '*', times: 2 },
      { kind: 'down', method: 'upload', times: null },
    ]);
    expect((await reply(sandbox)).error?.error_code).to.equal(222);
    await post({ kind: 'refused', times: 0 });
    expect((await reply(sandbox)).response).to.exist;
    expect((await post({ kind: 'nonsense' })).status).to.equal(400);
    await fetch(`${sandbox.vk.url}/behaviour`, { method: 'DELETE' });
    expect(sandbox.vk.behaviour()).to.be.empty;
  });
});
