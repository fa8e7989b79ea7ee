import { expect } from 'chai';
import { asGroup, callVk, startSandbox, stopSandboxes } from '../testing.ts';

describe('VK stand-in: who may call', () => {
  afterEach(stopSandboxes);

  it('answers errors with HTTP 200 and never shows the token', async () => {
    const sandbox = await startSandbox();
    const params = { access_token: 'wrong', owner_id: -1 };
    const { error } = await callVk(sandbox, 'wall.get', params);
    expect(error?.error_code).to.equal(5);
    expect(error?.error_msg).to.equal('User authorization failed: invalid access_token (4).');
    expect(error?.request_params).to.deep.include({ key: 'method', value: 'wall.get' });
    expect(error?.request_params).to.deep.include({ key: 'owner_id', value: '-1' });
    expect(JSON.stringify(error)).not.to.contain('wrong');
  });

  it('wants a method it knows, a version and a token, in this order', async () => {
    const sandbox = await startSandbox();
    const code = async (method: string, params: Record<string, string>) =>
      (await callVk(sandbox, method, params)).error?.error_code;
    expect(await code('wall.nothing', {})).to.equal(3);
    expect(await code('wall.get', { v: '', access_token: '' })).to.equal(8);
    expect(await code('wall.get', { v: '5.80' })).to.equal(8);
    expect(await code('wall.get', { access_token: '' })).to.equal(5);
  });

  it('takes the token from the header, and parameters from the query', async () => {
    const sandbox = await startSandbox();
    const url = `${sandbox.vk.url}/method/users.get?v=5.199`;
    const headers = { authorization: 'Bearer sandbox-user-token' };
    const answer = (await (await fetch(url, { headers })).json()) as { response: { id: number }[] };
    expect(answer.response[0]?.id).to.equal(519100);
  });

  it('takes multipart bodies', async () => {
    const sandbox = await startSandbox();
    const body = new FormData();
    body.append('access_token', 'sandbox-user-token');
    body.append('v', '5.199');
    const response = await fetch(`${sandbox.vk.url}/method/users.get`, { method: 'POST', body });
    expect(await response.json()).to.have.property('response');
  });

  for (const method of [
    'newsfeed.search',
    'wall.get',
    'wall.getById',
    'wall.getComments',
    'wall.getComment',
    'wall.search',
    'photos.getWallUploadServer',
    'photos.saveWallPhoto',
  ]) {
    it(`refuses ${method} to a group token`, async () => {
      const sandbox = await startSandbox();
      const { error } = await callVk(sandbox, method, asGroup);
      expect(error?.error_code).to.equal(27);
      expect(error?.error_msg).to.contain('method is unavailable with group auth.');
    });
  }

  it('limits calls with error 6, a user token sooner than a group token', async () => {
    const sandbox = await startSandbox({ vk: { rateLimit: true } });
    const burst = async (count: number, params: Record<string, string>) => {
      const calls = Array.from({ length: count }, () => callVk(sandbox, 'groups.getById', params));
      const answers = await Promise.all(calls);
      return answers.filter((answer) => answer.error?.error_code === 6).length;
    };
    expect(await burst(30, {})).to.be.at.least(1);
    expect(await burst(20, asGroup)).to.equal(0);
  });

  for (const [method, params, text] of [
    ['newsfeed.search', { q: 'а', count: 201 }, 'less or equal to 200'],
    ['newsfeed.search', { q: 'а', start_from: 'x' }, 'start_from'],
    ['wall.get', { owner_id: -519001, count: 101 }, 'less or equal to 100'],
    ['wall.get', { owner_id: 'я' }, 'owner_id should be integer'],
    ['wall.search', { owner_id: -519001 }, 'query'],
    ['wall.getById', {}, 'posts is undefined'],
    ['wall.getComments', {}, 'post_id is undefined'],
    ['wall.getComment', { comment_id: 5 }, 'comment not found'],
  ] as const) {
    it(`answers 100 to ${method} ${JSON.stringify(params)}`, async () => {
      const { error } = await callVk(await startSandbox(), method, params);
      expect(error?.error_code).to.equal(100);
      expect(error?.error_msg).to.contain(text);
    });
  }

  it('tells a missing post and a missing wall', async () => {
    const sandbox = await startSandbox();
    const where = { owner_id: -519002, post_id: 1 };
    expect((await callVk(sandbox, 'wall.getComments', where)).error?.error_msg).to.equal(
      'Access denied: post was not found check post_id param',
    );
    expect((await callVk(sandbox, 'wall.get', { owner_id: -1 })).error?.error_code).to.equal(15);
    expect((await callVk(sandbox, 'wall.get', { owner_id: 1 })).error?.error_code).to.equal(18);
  });
});
