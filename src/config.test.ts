import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from './config.ts';
import { InputError } from './errors.ts';

const LEAST = {
  DATABASE_URL: 'postgresql://otklik:secret@localhost:5999/otklik',
  OTKLIK_LINK_SECRET: 'sixteen letters!',
};

describe('The settings', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-config-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** The lines of the complaint. */
  function faults(env: NodeJS.ProcessEnv): string[] {
    try {
      readConfig(env);
    } catch (error) {
      expect(error).to.be.instanceOf(InputError);
      return (error as InputError).message.split('\n').slice(1);
    }
    return expect.fail('nothing was thrown');
  }

  it('need a database and a secret; all else has a default', () => {
    const config = readConfig(LEAST);
    expect(config).to.include({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      webhookSecret: null,
    });
    expect([...config.roles]).to.deep.equal(['http', 'workers', 'monitor']);
    expect(faults({})).to.deep.equal([
      '  DATABASE_URL: needs an address such as postgresql://user:password@host:5432/otklik',
      '  OTKLIK_LINK_SECRET: needs a text of at least 16 characters',
    ]);
  });

  it('are refused all at once, each with what is allowed and no secret shown', () => {
    const lines = faults({
      DATABASE_URL: 'mysql://root:hunter2@host/otklik',
      OTKLIK_GRPC_ADDRESS: 'http://localhost:26500',
      OTKLIK_PORT: '3000.5',
      OTKLIK_ROLES: 'http,woker,monitr',
      OTKLIK_PUBLIC_URL: 'otklik.example',
      OTKLIK_TASKLIST_URL: 'ftp://tasklist.example',
      OTKLIK_SMTP_URL: 'localhost:25',
      OTKLIK_LINK_SECRET: 'hunter2',
      OTKLIK_WEBHOOK_SECRET: 'hunter2',
    });
    expect(lines).to.deep.equal([
      '  DATABASE_URL: needs an address such as postgresql://user:password@host:5432/otklik',
      '  OTKLIK_GRPC_ADDRESS: needs host:port or user:password@host:port',
      '  OTKLIK_PORT: needs a port, 1-65535',
      '  OTKLIK_ROLES: needs some of http, workers, monitor',
      '  OTKLIK_PUBLIC_URL: needs an address such as https://otklik.example',
      '  OTKLIK_TASKLIST_URL: needs an address such as https://tasklist.example',
      '  OTKLIK_SMTP_URL: needs an address such as smtp://user:password@host:587',
      '  OTKLIK_LINK_SECRET: needs at least 16 characters',
      '  OTKLIK_WEBHOOK_SECRET: needs at least 16 characters',
    ]);
    expect(lines.join()).not.to.contain('hunter2');
  });

  describe('of the sign-in', () => {
    const OIDC = {
      OTKLIK_OIDC_ISSUER: 'https://sso.example/realms/region',
      OTKLIK_OIDC_CLIENT_ID: 'otklik',
    };

    it('are those of accounts of our own, unless a provider is named', async () => {
      expect(readConfig(LEAST)).to.deep.include({
        oidc: null,
        sessionSecret: LEAST.OTKLIK_LINK_SECRET,
        trustProxy: [],
        host: null,
      });
      const file = join(dir, 'client-secret');
      await writeFile(file, 'a secret from a file\n');
      const env = { ...LEAST, ...OIDC, OTKLIK_OIDC_CLIENT_SECRET_FILE: file };
      expect(readConfig(env).oidc).to.deep.equal({
        issuer: 'https://sso.example/realms/region',
        clientId: 'otklik',
        clientSecret: 'a secret from a file',
        loginClaim: 'preferred_username',
      });
    });

    for (const [setting, value, fault] of [
      ['OTKLIK_OIDC_CLIENT_ID', '', 'the name under which the provider knows Otklik'],
      [
        'OTKLIK_OIDC_ISSUER',
        'http://sso.example',
        'an https address (http is for this machine only)',
      ],
      ['OTKLIK_OIDC_ISSUER', 'sso', 'an address such as https://sso.example/realms/region'],
      ['OTKLIK_SESSION_SECRET', 'short', 'at least 16 characters'],
    ] as const) {
      it(`are refused: ${setting}=${value}`, () => {
        const lines = faults({ ...LEAST, ...OIDC, [setting]: value });
        expect(lines).to.deep.equal([`  ${setting}: needs ${fault}`]);
      });
    }

    it('may believe proxies, by address or network', () => {
      const given = (text: string) => readConfig({ ...LEAST, OTKLIK_TRUST_PROXY: text });
      expect(given('loopback, 10.0.0.0/8,::1').trustProxy).to.deep.equal([
        'loopback',
        '10.0.0.0/8',
        '::1',
      ]);
      for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/x', 'loopback,']) {
        expect(() => given(wrong), wrong).to.throw(
          'OTKLIK_TRUST_PROXY: needs addresses or networks',
        );
      }
    });
  });

  for (const port of ['0', '65536', '-1', 'http', '1e3', ' ']) {
    it(`know no port «${port}»`, () => {
      expect(faults({ ...LEAST, OTKLIK_PORT: port })).to.deep.equal([
        '  OTKLIK_PORT: needs a port, 1-65535',
      ]);
    });
  }

  it('keep photos and videos in the database unless a folder is named, within limits', () => {
    expect(readConfig(LEAST)).to.deep.include({
      attachments: 'postgres',
      attachmentLimits: { bytes: 104_857_600, count: 20 },
    });
    const set = {
      OTKLIK_ATTACHMENTS: '/files',
      OTKLIK_ATTACHMENT_BYTES: '5',
      OTKLIK_ATTACHMENT_COUNT: '1',
    };
    expect(readConfig({ ...LEAST, ...set })).to.deep.include({
      attachments: '/files',
      attachmentLimits: { bytes: 5, count: 1 },
    });
    for (const wrong of ['0', '-1', '101', '1.5', 'много']) {
      expect(faults({ ...LEAST, OTKLIK_ATTACHMENT_COUNT: wrong })).to.deep.equal([
        '  OTKLIK_ATTACHMENT_COUNT: needs a whole number, 1-100',
      ]);
    }
  });

  it('count what is empty as not set', () => {
    const config = readConfig({ ...LEAST, OTKLIK_PORT: '', OTKLIK_WEBHOOK_SECRET: '' });
    expect(config).to.include({ port: 3000, webhookSecret: null });
  });

  it('may split the work over processes, and lose the slash of an address', () => {
    const config = readConfig({
      ...LEAST,
      OTKLIK_ROLES: ' monitor , http',
      OTKLIK_PUBLIC_URL: 'https://otklik.example/',
    });
    expect([...config.roles]).to.deep.equal(['monitor', 'http']);
    expect(config.publicUrl).to.equal('https://otklik.example');
  });

  it('may stand in files, but the setting itself comes first', async () => {
    const file = join(dir, 'link-secret');
    await writeFile(file, 'a secret from a file\n');
    const env = { DATABASE_URL: LEAST.DATABASE_URL, OTKLIK_LINK_SECRET_FILE: file };
    expect(readConfig(env).linkSecret).to.equal('a secret from a file');
    expect(readConfig({ ...LEAST, ...env }).linkSecret).to.equal(LEAST.OTKLIK_LINK_SECRET);
  });

  it('name a file that cannot be read, beside the other faults', () => {
    const missing = join(dir, 'nowhere');
    expect(faults({ DATABASE_URL_FILE: missing, OTKLIK_LINK_SECRET: 'short' })).to.deep.equal([
      `  DATABASE_URL_FILE: cannot read ${missing}`,
      '  OTKLIK_LINK_SECRET: needs at least 16 characters',
    ]);
  });
});
