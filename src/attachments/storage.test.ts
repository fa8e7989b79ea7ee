import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { createStorage } from './create-storage.ts';
import type { AttachmentStorage } from './storage.ts';

describe('The storage', () => {
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'otklik-test-attachments-'));
  });
  after(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const rowsLeft = async (): Promise<number> => {
    const [row] = await database.db.query<{ n: number }[]>(
      'select count(*)::int as n from attachment_chunk',
    );
    return row?.n ?? 0;
  };
  const filesLeft = async (): Promise<number> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  };

  /** Every storage keeps this contract. */
  for (const [name, place, left] of [
    ['PostgreSQL', () => 'postgres', rowsLeft],
    ['a folder', () => folder, filesLeft],
  ] as const) {
    describe(`Photos and videos kept in ${name}`, () => {
      let storage: AttachmentStorage;
      before(() => (storage = createStorage(place(), database.db)));

      const put = async (bytes: Buffer, pieceSize = 100_000): Promise<string> => {
        const id = randomUUID();
        const pieces = [];
        for (let at = 0; at < bytes.length; at += pieceSize) {
          pieces.push(bytes.subarray(at, at + pieceSize));
        }
        await storage.put(id, Readable.from(pieces));
        return id;
      };

      for (const size of [1, 262_143, 262_144, 262_145, 1_000_000]) {
        it(`come back as they were: ${size} bytes`, async () => {
          const bytes = randomBytes(size);
          const id = await put(bytes);
          expect((await buffer(storage.open(id))).equals(bytes)).to.be.true;
          expect((await buffer(storage.open(id))).equals(bytes), 'again').to.be.true;
        });
      }

      it('come back in parts, as players ask for them', async () => {
        const bytes = randomBytes(700_000);
        const id = await put(bytes, 3_333);
        for (const [start, end] of [
          [0, 0],
          [0, 699_999],
          [262_143, 262_144],
          [300_000, 650_000],
          [699_999, 699_999],
          [524_288, 524_288],
        ] as const) {
          const part = await buffer(storage.open(id, { start, end }));
          expect(part.equals(bytes.subarray(start, end + 1)), `${start}-${end}`).to.be.true;
        }
      });

      it('are gone when removed, which may be done again', async () => {
        const before = await left();
        const id = await put(Buffer.from('abc'));
        expect(await left()).to.equal(before + 1);
        await storage.remove(id);
        await storage.remove(id);
        expect(await left()).to.equal(before);
        const error: unknown = await buffer(storage.open(id)).catch((it: unknown) => it);
        expect(error).to.be.instanceOf(Error);
      });

      it('that break off leave nothing once removed', async () => {
        const before = await left();
        const id = randomUUID();
        async function* breaking() {
          yield randomBytes(600_000);
          await Promise.resolve();
          throw new Error('cut');
        }
        const error: unknown = await storage
          .put(id, Readable.from(breaking()))
          .catch((it: unknown) => it);
        expect(error).to.have.property('message', 'cut');
        await storage.remove(id);
        expect(await left()).to.equal(before);
      });

      it('are asked for no more than is read', async () => {
        const id = await put(randomBytes(5_000_000));
        const stream = storage.open(id);
        for await (const piece of stream) {
          expect(piece).to.have.property('length').that.is.below(300_000);
          break;
        }
        expect(stream.destroyed).to.be.true;
      });
    });
  }

  describe('A folder of photos and videos', () => {
    it('fails only once it writes no more, so that what is removed then stays so', async () => {
      const id = randomUUID();
      const part = join(folder, id.slice(0, 2), `${id}.part`);
      await mkdir(dirname(part), { recursive: true });
      // A disk so slow that it opens no file until somebody reads it.
      execFileSync('mkfifo', [part]);
      const content = new Readable({ read: () => undefined });
      let failed: unknown;
      const put = createStorage(folder, database.db)
        .put(id, content)
        .catch((error: unknown) => (failed = error));
      try {
        await until(() => content.listenerCount('error') > 0);
        content.destroy(new Error('cut'));
        await once(content, 'close').catch(() => undefined);
        await setImmediate();
        expect(failed).to.be.undefined;
      } finally {
        await buffer(createReadStream(part));
      }
      await put;
      expect(failed).to.have.property('message', 'cut');
    });

    it('is left by no name', async () => {
      const storage = createStorage(folder, database.db);
      for (const id of ['../x', '/etc/passwd', 'abc', '']) {
        expect(() => storage.open(id), id).to.throw('no id');
        const error: unknown = await storage.remove(id).catch((it: unknown) => it);
        expect(error).to.be.instanceOf(Error);
      }
    });
  });
});
