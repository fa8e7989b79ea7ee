import { expect } from 'chai';
import { startSandbox, stopSandboxes } from '../testing.ts';
import type { FaultInput } from '../faults.ts';
import { callGraph } from './testing.ts';

describe('Graph API stand-in: who may call, and how', () => {
  afterEach(stopSandboxes);

  it('wants a version, a token and the proof of the application', async () => {
    const { facebook } = await startSandbox();
    const code = async (options: object) =>
      (await callGraph(facebook, '519003', {}, options)).body.error?.code;
    expect(await code({ token: '' })).to.equal(104);
    expect(await code({ token: 'wrong' })).to.equal(190);
    expect(await code({ proof: '' })).to.equal(100);
    expect(await code({ proof: 'wrong' })).to.equal(100);
    expect(await code({ version: 'v3.0' })).to.equal(2635);
    expect(await code({})).to.equal(undefined);
  });

  it('answers errors with a status of their own and an envelope without the token', async () => {
    const { facebook } = await startSandbox();
    const { status, body } = await callGraph(facebook, '519003', {}, { token: 'geheim' });
    expect(status).to.equal(400);
    expect(body.error).to.have.keys('message', 'type', 'code', 'fbtrace_id');
    expect(JSON.stringify(body)).not.to.contain('geheim');
  });

  it('knows a token that expired', async () => {
    const { facebook } = await startSandbox({ facebook: { tokenExpiresAt: 1 } });
    const { body } = await callGraph(facebook, '519003');
    expect(body.error).to.include({ code: 190, error_subcode: 463 });
  });

  it('says of a missing object what it says of a hidden one', async () => {
    const { facebook, instagram } = await startSandbox();
    for (const [there, path] of [
      [facebook, '1_2'],
      [instagram, '12'],
    ] as const) {
      const { status, body } = await callGraph(there, path);
      expect(status).to.equal(400);
      expect(body.error).to.include({ code: 100, error_subcode: 33 });
    }
  });

  it('shows the wanted fields and refuses those that are not there', async () => {
    const { facebook } = await startSandbox();
    const post = facebook.post({ text: 'Яма' });
    const { body } = await callGraph(facebook, post.id, { fields: 'message,from{name}' });
    expect(body).to.have.keys('id', 'message', 'from');
    for (const fields of ['nothing', 'message,', 'comments.limit(', 'from{name']) {
      expect((await callGraph(facebook, post.id, { fields })).status).to.equal(400);
    }
  });

  it('answers a batch part by part', async () => {
    const { facebook } = await startSandbox();
    const post = facebook.post({ text: 'Яма' });
    const batch = JSON.stringify([
      { method: 'GET', relative_url: `${post.id}?fields=message` },
      { method: 'GET', relative_url: '1_2' },
    ]);
    const { status, body } = await callGraph(facebook, '', { batch }, { method: 'POST' });
    expect(status).to.equal(200);
    const parts = body as unknown as { code: number; body: string }[];
    expect(parts.map(({ code }) => code)).to.deep.equal([200, 400]);
    expect(JSON.parse(parts[0]?.body ?? '')).to.deep.equal({ id: post.id, message: 'Яма' });
  });

  it('tells the application of its token', async () => {
    const { facebook } = await startSandbox({ facebook: { dataAccessExpiresAt: 1_800_000_000 } });
    const { appId, appSecret, token } = facebook.options;
    const ask = (as: string) =>
      callGraph(facebook, 'debug_token', { input_token: token }, { token: as });
    expect((await ask(`${appId}|${appSecret}`)).body['data']).to.include({
      is_valid: true,
      expires_at: 0,
      data_access_expires_at: 1_800_000_000,
    });
    expect((await ask('guessed')).body.error?.code).to.equal(190);
  });

  it('pages through a list by cursors; the next address holds the token, as the real one', async () => {
    const { facebook } = await startSandbox();
    for (let n = 0; n < 7; n += 1) facebook.post({ text: `запись ${n}` });
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const params = { fields: 'message', limit: '3', ...(after && { after }) };
      const { body } = await callGraph(facebook, '519003/visitor_posts', params);
      seen.push(...(body.data ?? []).map(({ message }) => message));
      after = body.paging?.next && body.paging.cursors.after;
      if (body.paging?.next) expect(body.paging.next).to.contain('access_token=');
    } while (after);
    expect(seen).to.deep.equal([6, 5, 4, 3, 2, 1, 0].map((n) => `запись ${n}`));
  });

  it('shows how much of the allowance is used', async () => {
    const { facebook } = await startSandbox();
    facebook.allowance(42, 3);
    const { headers } = await callGraph(facebook, '519003');
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).to.include({ call_count: 42 });
    const business = JSON.parse(headers.get('x-business-use-case-usage') ?? '') as object;
    expect(Object.values(business)[0]).to.deep.equal([
      {
        type: 'pages',
        call_count: 42,
        total_time: 0,
        total_cputime: 0,
        estimated_time_to_regain_access: 3,
      },
    ]);
  });

  for (const [input, code, status] of [
    [{ kind: 'rate' }, 4, 403],
    [{ kind: 'captcha' }, 368, 400],
    [{ kind: 'permission' }, 200, 403],
    [{ kind: 'refused' }, 100, 400],
    [{ kind: 'credentials' }, 190, 400],
    [{ kind: 'error' }, 2, 500],
    [{ kind: 'error', code: 100, subcode: 33 }, 100, 400],
  ] as [FaultInput, number, number][]) {
    it(`answers ${code} for ${JSON.stringify(input)}, once`, async () => {
      const { facebook } = await startSandbox();
      facebook.behaviour({ ...input, times: 1 });
      const failed = await callGraph(facebook, '519003');
      expect(failed.status).to.equal(status);
      expect(failed.body.error?.code).to.equal(code);
      expect((await callGraph(facebook, '519003')).status).to.equal(200);
    });
  }

  it('is down, cuts the connection before and after the work, and delays', async () => {
    const { facebook } = await startSandbox();
    const post = facebook.post({ text: 'Яма' });
    const say = (message: string) =>
      callGraph(facebook, `${post.id}/comments`, { message }, { method: 'POST' }).then(
        () => 'answered',
        (error: Error) => error.message,
      );
    facebook.behaviour({ kind: 'cut-after', times: 1 });
    expect(await say('раз')).to.equal('fetch failed');
    facebook.behaviour({ kind: 'cut-before', times: 1 });
    expect(await say('два')).to.equal('fetch failed');
    expect(facebook.comments(post.id).map(({ text }) => text)).to.deep.equal(['раз']);
    facebook.behaviour({ kind: 'down', times: 1 });
    expect((await fetch(`${facebook.url}/v25.0/519003`)).status).to.equal(503);
    facebook.behaviour({ kind: 'latency', ms: 60_000 });
    const slow = fetch(`${facebook.url}/v25.0/519003`, { signal: AbortSignal.timeout(50) });
    expect(await slow.catch((error: Error) => error.name)).to.equal('TimeoutError');
  });
});
