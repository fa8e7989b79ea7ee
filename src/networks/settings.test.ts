import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { createNetworks } from './registry.ts';
import { readSecrets } from './secrets.ts';
import { readNetworkSettings } from './settings.ts';

const demo = new URL('../../region/smolensk/networks.yaml', import.meta.url).pathname;
const demoText = readFileSync(demo, 'utf8');

describe('settings of the networks', () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'otklik-'))));
  after(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string, mode = 0o600): string {
    const file = join(folder, name);
    writeFileSync(file, content, { mode });
    return file;
  }
  const changed = (...changes: [string | RegExp, string][]) => {
    const text = changes.reduce((now, [from, to]) => now.replace(from, to), demoText);
    write('networks.yaml', text);
  };
  const complaint = async (read: () => unknown) => {
    try {
      await read();
    } catch (error) {
      expect(error).to.be.instanceOf(InputError);
      return (error as Error).message;
    }
    throw new Error('nothing was thrown');
  };
  const load = () => readNetworkSettings(join(folder, 'networks.yaml'), {});

  it('of the demo region switch on VK and OK (clause 1)', async () => {
    const networks = createNetworks(await readNetworkSettings(demo, {}), readSecrets({}));
    expect(networks.all().map(({ code }) => code)).to.deep.equal(['vk', 'ok']);
    expect(() => networks.get('facebook')).to.throw('switched off');
  });

  it('take addresses from the environment', async () => {
    const env = { OTKLIK_VK_API_BASE: 'http://localhost:3100/vk/' };
    expect((await readNetworkSettings(demo, env)).vk.apiBase).to.equal('http://localhost:3100/vk');
    const ok = { OTKLIK_OK_API_BASE: 'http://localhost:3100/ok', OTKLIK_OK_PERMALINK_BASE: '' };
    expect((await readNetworkSettings(demo, ok)).ok).to.deep.include({
      apiBase: 'http://localhost:3100/ok',
      permalinkBase: 'https://ok.ru',
    });
  });

  it('take the pause between polls from the environment', async () => {
    const read = (pollEvery: string) =>
      readNetworkSettings(demo, { OTKLIK_VK_POLL_EVERY: pollEvery });
    expect((await read('PT2S')).vk.pollEvery).to.equal('PT2S');
    expect(await complaint(() => read('2s'))).to.contain('PT30S');
  });

  it('take X’s addresses and pauses from the environment, also while it is off', async () => {
    const env = { OTKLIK_X_API_BASE: 'http://localhost:3100/x', OTKLIK_X_POLL_EVERY: 'PT5S' };
    const { x } = await readNetworkSettings(demo, env);
    expect(x).to.include({ enabled: false, apiBase: env.OTKLIK_X_API_BASE, pollEvery: 'PT5S' });
    changed([/\nx:\n[^]*/, '\nx:\n  enabled: false\n']);
    const bare = await readNetworkSettings(join(folder, 'networks.yaml'), env);
    expect(bare.x.enabled).to.equal(false);
  });

  it('switch on X with what the demo region gives for it', async () => {
    changed([/\nx:\n {2}enabled: false/, '\nx:\n  enabled: true']);
    const networks = createNetworks(await load(), readSecrets({}));
    expect(
      networks
        .get('x')
        .sources(['Смоленск'])
        .map(({ key }) => key),
    ).to.deep.equal([
      'mentions:1520190330519001',
      'search:(Смоленск) -is:retweet -from:sandbox_smolgov',
    ]);
  });

  it('switch Facebook and Instagram on with one word, at the addresses of the environment', async () => {
    changed([/(facebook|instagram):\n {2}enabled: false/g, '$1:\n  enabled: true']);
    const env = {
      OTKLIK_FACEBOOK_API_BASE: 'http://localhost:3100/facebook',
      OTKLIK_INSTAGRAM_POLL_EVERY: 'PT2S',
    };
    const settings = await readNetworkSettings(join(folder, 'networks.yaml'), env);
    expect(settings.facebook.apiBase).to.equal('http://localhost:3100/facebook');
    expect(settings.instagram.pollEvery).to.equal('PT2S');
    const codes = createNetworks(settings, readSecrets({}))
      .all()
      .map(({ code }) => code);
    expect(codes).to.deep.equal(['vk', 'ok', 'facebook', 'instagram']);
  });

  it('name every fault with its line', async () => {
    const line = (start: string) =>
      demoText.split('\n').findIndex((each) => each.startsWith(start)) + 1;
    const file = join(folder, 'networks.yaml');
    changed([/pollEvery: .*/, 'pollEvery: 30s'], [/textLimit: .*/, 'textLimit: -1']);
    const message = await complaint(load);
    expect(message)
      .to.contain(`${file}:${line('  pollEvery')}: `)
      .and.contain('PT30S');
    expect(message).to.contain(`${file}:${line('  textLimit')}: `);
  });

  const faults: [string, string | RegExp, string, string][] = [
    ['a foreign community that answers', /replyAs: .*/, 'replyAs: 5', 'ownPages'],
    ['an address without protocol', /apiBase: .*/, 'apiBase: api.vk.com', 'https://'],
    ['X without its account', /\nx:\n[^]*/, '\nx:\n  enabled: true\n', 'account'],
    ['X’s account with its @', /name: sandbox_smolgov/, "name: '@smolgov'", 'без @'],
    ['a page that is no number', /page: .*/, 'page: smolgov', 'только цифры'],
    ['a name with @', /username: \w+/, "username: '@smolgov'", 'имя без @'],
    ['an unknown field', 'canReply:', 'canReplay:', 'canReplay'],
    ['what is no YAML', 'vk:', 'vk: [', 'networks.yaml:'],
  ];
  for (const [what, from, to, words] of faults) {
    it(`are refused with ${what}`, async () => {
      changed([from, to]);
      expect(await complaint(load)).to.contain(words);
    });
  }

  it('are asked for when the file is missing', async () => {
    const nowhere = join(folder, 'nowhere.yaml');
    expect(await complaint(() => readNetworkSettings(nowhere, {}))).to.contain(nowhere);
  });

  describe('tokens', () => {
    it('come from the environment, the rest from the secrets file', () => {
      const file = write('secrets.yaml', 'OTKLIK_VK_USER_TOKEN: a\nOTKLIK_VK_GROUP_TOKEN: b\n');
      expect(readSecrets({ OTKLIK_SECRETS_FILE: file, OTKLIK_VK_USER_TOKEN: 'c' })).to.deep.include(
        {
          vkUserToken: 'c',
          vkGroupToken: 'b',
        },
      );
    });

    it('are missed in a file that is not there', async () => {
      const file = join(folder, 'absent.yaml');
      expect(await complaint(() => readSecrets({ OTKLIK_SECRETS_FILE: file }))).to.contain(file);
    });

    it('of X come together or not at all', () => {
      const env = {
        OTKLIK_X_API_KEY: 'a',
        OTKLIK_X_API_SECRET: 'b',
        OTKLIK_X_ACCESS_TOKEN: 'c',
        OTKLIK_X_ACCESS_SECRET: 'd',
      };
      const keys = { apiKey: 'a', apiSecret: 'b', accessToken: 'c', accessSecret: 'd' };
      expect(readSecrets(env).x).to.deep.equal(keys);
      expect(readSecrets({ ...env, OTKLIK_X_API_SECRET: '' }).x).to.equal(null);
    });

    it('may be absent', () => {
      expect(new Set(Object.values(readSecrets({})))).to.deep.equal(new Set([null]));
    });

    it('are not read from a file open to all', async () => {
      const file = write('open.json', '{"OTKLIK_VK_USER_TOKEN": "geheim"}', 0o644);
      const message = await complaint(() => readSecrets({ OTKLIK_SECRETS_FILE: file }));
      expect(message).to.contain('chmod').and.not.contain('geheim');
    });

    for (const content of ['OTKLIK_VK_USER_TOKEN: [geheim', 'VK: geheim', 'geheim']) {
      it(`are not quoted from the faulty file ${JSON.stringify(content)}`, async () => {
        const file = write('faulty.yaml', content);
        const message = await complaint(() => readSecrets({ OTKLIK_SECRETS_FILE: file }));
        expect(message).to.contain('faulty.yaml').and.not.contain('geheim');
      });
    }
  });
});
