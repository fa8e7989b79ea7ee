import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InputError } from '../src/errors.ts';
import { assertSpace } from './space.ts';

describe('Room on the disk', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-space-'));
  });
  after(() => rm(dir, { recursive: true }));

  const need = (megabytes: number) =>
    assertSpace(join(dir, 'data'), { what: 'The data', megabytes, setting: 'OTKLIK_DATA' });

  it('is taken when there is enough', () => need(1));

  it('is asked for with the folder, both figures and the setting that moves it', async () => {
    const error = await need(1e12).catch((it: unknown) => it);
    expect(error).to.be.instanceOf(InputError);
    expect(String(error)).to.match(
      /The data needs 1000000000000 MB and .*data has \d+ MB free: make room, or point OTKLIK_DATA at another disk/,
    );
  });
});
