import { expect } from 'chai';
import { callOk, startSandbox, stopSandboxes, type OkParams } from '../testing.ts';
import { defaultOkOptions } from './options.ts';
import { expectedSig } from './signature.ts';

const LIST = 'discussions.getList';

describe('OK stand-in: who may call', () => {
  afterEach(stopSandboxes);

  it('knows the signature of OK’s documentation', () => {
    const params = {
      application_key: 'CBAAAA',
      format: 'json',
      method: 'discussions.getComments',
      discussionId: '1',
      discussionType: 'GROUP_TOPIC',
      access_token: 'tkn',
      session_key: 'dropped',
      sig: 'dropped',
    };
    const keys = { accessToken: 'tkn', applicationSecret: 'SECRET' };
    expect(expectedSig(params, { ...defaultOkOptions, ...keys })).to.equal(
      '325ae0ce86d0839b2857426a61ff7253',
    );
  });

  for (const [what, params, code] of [
    ['nobody’s application', { application_key: 'CX' }, 101],
    ['no token', { access_token: '' }, 453],
    ['an unknown token', { access_token: 'x' }, 103],
    ['a wrong signature', { sig: '0'.repeat(32) }, 104],
    ['a method it does not have', { method: 'discussions.eat' }, 3],
  ] as [string, OkParams, number][]) {
    it(`answers ${what} with error ${code}`, async () => {
      const sandbox = await startSandbox();
      const answer = await callOk(sandbox, LIST, params);
      expect(answer.error_code).to.equal(code);
      expect(answer.error_msg).to.match(/^[A-Z_]+ : /);
    });
  }

  it('answers error 10 where the user has not given the right', async () => {
    const sandbox = await startSandbox({ ok: { scopes: ['VALUABLE_ACCESS'] } });
    expect((await callOk(sandbox, LIST)).error_code).to.equal(undefined);
    expect((await callOk(sandbox, 'photosV2.getUploadUrl')).error_code).to.equal(10);
    const post = sandbox.ok.post({ text: 'тема', wall: 'official' });
    const topic = sandbox.ok.permalink(post).split('/').at(-1);
    const answer = await callOk(sandbox, 'discussions.addDiscussionComment', {
      entityId: topic,
      entityType: 'GROUP_TOPIC',
      comment: 'Ответ',
      as_admin: 'true',
    });
    expect(answer.error_code).to.equal(10);
  });

  it('answers error 11 to a call too many in a second', async () => {
    const sandbox = await startSandbox({ ok: { perSecond: 3 } });
    const answers = await Promise.all(Array.from({ length: 4 }, () => callOk(sandbox, LIST)));
    expect(answers.filter(({ error_code }) => error_code === 11)).to.have.length(1);
  });

  it('takes a call by its path too, and names an error in a header', async () => {
    const sandbox = await startSandbox();
    const method = undefined;
    const answer = await callOk(sandbox, LIST, { method }, '/api/discussions/getList');
    expect(answer.discussions).to.deep.equal([]);
    const response = await fetch(`${sandbox.ok.url}/fb.do?method=${LIST}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('invocation-error')).to.equal('101');
  });
});
