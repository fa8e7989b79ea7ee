import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { linkSecret } from './link-secret.ts';

describe('The secret of the links', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-secret-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('is made once, long enough, for its owner alone', async () => {
    const file = join(dir, 'new', 'link-secret');
    const secret = await linkSecret(file);
    expect(secret).to.have.length.at.least(32);
    expect(await linkSecret(file)).to.equal(secret);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await linkSecret(join(dir, 'other'))).not.to.equal(secret);
  });
});
