import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLockfile, sha256, verify } from './lockfile.ts';

describe('lock files', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'otklik-lock-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('pin every part of the stack', async () => {
    for (const [name, count] of [
      ['camunda-8.6.0', 1],
      ['opensearch-2.19.1', 95],
      ['zeebe-engine-8.8.21', 133],
    ] as const) {
      expect(await readLockfile(join(import.meta.dirname, `${name}.lock`))).to.have.length(count);
    }
  });

  it('refuse a line that is not coordinates and checksum', async () => {
    const path = join(dir, 'x.lock');
    await writeFile(path, '# comment\ngroup:artifact:1  abc\n');
    const error = await readLockfile(path).catch((e: unknown) => e);
    expect(String(error)).to.include('group:artifact:1  abc');
  });

  it('refuse a file with another checksum, one that did not come and one that is not pinned', async () => {
    const path = join(dir, 'a.jar');
    await writeFile(path, 'fetched');
    const good = { coordinates: 'g:a:1', sha256: await sha256(path) };
    await verify([good], new Map([['g:a:1', path]]));

    await writeFile(path, 'tampered with');
    const missing = { coordinates: 'g:missing:1', sha256: good.sha256 };
    const files = new Map([
      ['g:a:1', path],
      ['g:extra:1', path],
    ]);
    const error = await verify([good, missing], files).catch((e: unknown) => e);
    expect(String(error))
      .to.include(`pinned is  ${good.sha256}`)
      .and.to.include('g:missing:1 did not come')
      .and.to.include('g:extra:1 came and is not pinned');
  });
});
