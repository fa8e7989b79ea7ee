import { expect } from 'chai';
import { join, resolve } from 'node:path';
import { InputError } from '../src/errors.ts';
import { readSettings } from './settings.ts';

describe('readSettings', () => {
  it('has the documented ports and folders by default', () => {
    const settings = readSettings({ XDG_CACHE_HOME: '/cache', DATABASE_URL: '' });
    expect(settings.ports).to.include({
      tasklist: 8080,
      brokerRest: 8090,
      grpc: 26500,
      brokerCommand: 26501,
      brokerInternal: 26502,
      opensearch: 9201,
      postgres: 55432,
    });
    expect(settings.cacheDir).to.equal(join('/cache', 'otklik'));
    expect(settings.dataDir).to.equal(resolve(import.meta.dirname, '..', '.data'));
    expect(settings.databaseUrl).to.equal(null);
  });

  it('moves the ports beside the gRPC port along with it', () => {
    const { ports } = readSettings({ OTKLIK_GRPC_PORT: '27500' });
    expect([ports.brokerCommand, ports.brokerInternal, ports.webappsInternal]).to.deep.equal([
      27501, 27502, 27503,
    ]);
  });

  const faulty: [string, NodeJS.ProcessEnv, string][] = [
    [
      'text',
      { OTKLIK_GRPC_PORT: 'abc' },
      'OTKLIK_GRPC_PORT=abc: a port is a whole number from 1024 to 65535',
    ],
    ['a privileged port', { OTKLIK_TASKLIST_PORT: '80' }, 'OTKLIK_TASKLIST_PORT=80'],
    ['a port above what OpenSearch takes', { OTKLIK_OPENSEARCH_PORT: '9300' }, 'from 1024 to 9299'],
    [
      'the same port twice',
      { OTKLIK_TASKLIST_PORT: '8090' },
      'OTKLIK_BROKER_REST_PORT are both 8090',
    ],
    ['an address of something else', { DATABASE_URL: 'mysql://u:secret@h/d' }, 'DATABASE_URL=…'],
    [
      'an unclear flag',
      { OTKLIK_FAST_EXPORT: 'maybe' },
      'OTKLIK_FAST_EXPORT=maybe: 1 is yes, 0 is no',
    ],
  ];
  for (const [what, env, part] of faulty) {
    it(`refuses ${what} and names the setting`, () => {
      expect(() => readSettings(env))
        .to.throw(InputError, part)
        .that.does.not.match(/secret/);
    });
  }

  it('reports every fault at once', () => {
    const read = () => readSettings({ OTKLIK_GRPC_PORT: '1', OTKLIK_POSTGRES_PORT: 'x' });
    expect(read).to.throw(InputError, /OTKLIK_GRPC_PORT[^]*OTKLIK_POSTGRES_PORT/);
  });
});
