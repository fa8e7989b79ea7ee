import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openOk } from '../../test/ok.ts';
import { deadUrl, openVk, type VkSandbox } from '../../test/vk.ts';
import { openX, type XSandbox } from '../../test/x.ts';

/** Everything the adapter can say, printed: outcomes, errors to their depth, and the log. */
const SCRIPT = `
import { inspect } from 'node:util';
import { anAnswer, vkAt } from './test/vk.ts';
const runs = JSON.parse(process.argv[1]);
for (const [url, user, group] of runs) {
  const vk = vkAt(url, { user, group });
  const print = (what) => console.log(inspect(what, { depth: null, showHidden: true }));
  print(await vk.reply('-519002_1', anAnswer()));
  print(await vk.findReply('-519002_1', anAnswer()).catch((error) => error));
  print(await vk.lookUp(['-519002_1']).catch((error) => error));
  for (const source of vk.sources(['Смоленск'])) {
    try {
      for await (const page of source.read(null, new AbortController().signal)) print(page);
    } catch (error) { print(error); }
  }
}`;

const X_SCRIPT = `
import { inspect } from 'node:util';
import { anAnswer } from './test/vk.ts';
import { xAt } from './test/x.ts';
const runs = JSON.parse(process.argv[1]);
const print = (what) => console.log(inspect(what, { depth: null, showHidden: true }));
const file = { name: 'a', mediaType: 'image/png', size: 1, open: () => Buffer.from('a') };
for (const [url, keys, id] of runs) {
  const x = xAt(url, keys);
  print(await x.reply(id, anAnswer()));
  print(await x.reply(id, anAnswer({ attachments: [file] })));
  print(await x.findReply(id, anAnswer()).catch((error) => error));
  print(await x.lookUp([id]).catch((error) => error));
  for (const source of x.sources(['Смоленск'])) {
    try {
      for await (const page of source.read(null, new AbortController().signal)) print(page);
    } catch (error) { print(error); }
  }
}`;

const OK_SCRIPT = `
import { inspect } from 'node:util';
import { okAt } from './test/ok.ts';
import { anAnswer } from './test/vk.ts';
const print = (what) => console.log(inspect(what, { depth: null, showHidden: true }));
for (const [url, tokens, id] of JSON.parse(process.argv[1])) {
  const ok = okAt(url, tokens);
  print(await ok.reply(id, anAnswer()));
  print(await ok.findReply(id, anAnswer()).catch((error) => error));
  print(await ok.lookUp([id]).catch((error) => error));
  for (const source of ok.sources(['Смоленск'])) {
    try {
      for await (const page of source.read(null, new AbortController().signal)) print(page);
    } catch (error) { print(error); }
  }
}`;

/** The same of Facebook and Instagram. */
const META_SCRIPT = `
import { inspect } from 'node:util';
import { metaAt } from './test/meta.ts';
import { anAnswer } from './test/vk.ts';
const runs = JSON.parse(process.argv[1]);
for (const [code, url, token, metaAppSecret] of runs) {
  const network = metaAt(code, url, { facebookToken: token, instagramToken: token, metaAppSecret });
  const print = (what) => console.log(inspect(what, { depth: null, showHidden: true }));
  print(await network.reply('1/2', anAnswer()));
  print(await network.findReply('1/2', anAnswer()).catch((error) => error));
  print(await network.lookUp(['1/2']).catch((error) => error));
  print(await network.tokenExpiresAt().catch((error) => error));
  for (const source of network.sources([])) {
    try {
      for await (const page of source.read(null, new AbortController().signal)) print(page);
    } catch (error) { print(error); }
  }
}`;

async function output(script: string, runs: unknown[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script, JSON.stringify(runs)],
    { cwd: new URL('../..', import.meta.url).pathname },
  );
  return stdout + stderr;
}

describe('tokens of the networks', () => {
  let world: VkSandbox;
  before(async () => void (world = await openVk()));
  after(() => world.close());

  it('appear in no outcome, error or line of the log', async () => {
    world.sandbox.vk.post({ text: 'Смоленск' });
    const { userToken, groupToken } = world.sandbox.vk.options;
    const { url } = world.sandbox.vk;
    const runs = [
      [url, userToken, groupToken],
      [url, userToken, 'geheim-group'],
      [url, 'geheim-user', 'geheim-group'],
      [`${url}/nowhere`, 'geheim-user', 'geheim-group'],
      [await deadUrl(), 'geheim-user', 'geheim-group'],
    ];
    const said = await output(SCRIPT, runs);
    expect(said).to.contain('published').and.contain('needs-person').and.contain('error 5');
    for (const secret of [userToken, groupToken, 'geheim']) expect(said).not.to.contain(secret);
  });

  it('of OK, its secrets and signatures appear in none either', async () => {
    const ok = await openOk();
    try {
      const { tokens, sandbox } = ok;
      const id = ok.id(sandbox.ok.post({ text: '#Смоленск' }));
      const { url } = sandbox.ok;
      const wrong = { ...tokens, token: 'geheim' };
      const said = await output(OK_SCRIPT, [
        [url, tokens, id],
        [url, { ...tokens, secret: 'geheim' }, id],
        [url, wrong, id],
        [`${url}/nowhere`, wrong, id],
        [await deadUrl(), wrong, id],
      ]);
      expect(said).to.contain('published').and.contain('error 103').and.contain('error 104');
      for (const secret of [tokens.token, tokens.secret, 'geheim', 'sig=', 'access_token']) {
        expect(said).not.to.contain(secret);
      }
    } finally {
      await ok.close();
    }
  });

  describe('of X', () => {
    let x: XSandbox;
    before(async () => void (x = await openX()));
    after(() => x.close());

    it('appear in no outcome, error or line of the log', async () => {
      const id = x.sandbox.x.post({ text: `${x.account} Смоленск` }).versions[0]?.id;
      const { url, options } = x.sandbox.x;
      const wrong = { ...options.keys, accessToken: 'geheim-token', accessSecret: 'geheim-secret' };
      const runs = [
        [url, options.keys, id],
        [url, wrong, id],
        [`${url}/nowhere`, wrong, id],
        [await deadUrl(), wrong, id],
      ];
      const said = await output(X_SCRIPT, runs);
      expect(said).to.contain('published').and.contain('needs-person').and.contain('HTTP 401');
      const { apiKey, apiSecret, accessToken, accessSecret } = options.keys;
      const secrets = [apiKey, apiSecret, accessToken, accessSecret, 'geheim', 'oauth_signature'];
      for (const secret of secrets) {
        expect(said).not.to.contain(secret);
      }
    });
  });

  it('appear in none of Facebook’s and Instagram’s either', async () => {
    const runs = await Promise.all(
      (['facebook', 'instagram'] as const).map(async (code) => {
        const { url, options } = world.sandbox[code];
        return [
          [code, url, options.token, options.appSecret],
          [code, url, options.token, 'geheim-secret'],
          [code, url, 'geheim-token', options.appSecret],
          [code, `${url}/nowhere`, 'geheim-token', 'geheim-secret'],
          [code, await deadUrl(), 'geheim-token', 'geheim-secret'],
        ];
      }),
    );
    const said = await output(META_SCRIPT, runs.flat());
    expect(said).to.contain('gone').and.contain('needs-person').and.contain('error 190');
    const { facebook, instagram } = world.sandbox;
    for (const secret of [
      facebook.options.token,
      instagram.options.token,
      'app-secret',
      'geheim',
    ]) {
      expect(said).not.to.contain(secret);
    }
  });
});
