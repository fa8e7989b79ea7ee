import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InputError } from '../src/errors.ts';
import { backUp } from './backup.ts';
import { backupPlaces, type Places } from './backup-places.ts';
import { openDataDir } from './data-dir.ts';
import { thisProcess } from './identity.ts';
import { restore } from './restore.ts';
import { readSettings } from './settings.ts';

const quiet = () => undefined;

describe('Backup and restore', () => {
  let dir: string;
  let places: Places;
  let target: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-backup-'));
    target = join(dir, 'backup');
    places = placesIn('data');
    const { dataDir } = places.settings;
    await openDataDir(dataDir);
    for (const folder of ['zeebe/raft', 'postgres/pg_notify', 'logs', 'broker', 'vk/files']) {
      await mkdir(join(dataDir, folder), { recursive: true });
    }
    await writeFile(join(dataDir, 'zeebe/raft/segment'), Buffer.alloc(300_000, 7));
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), '1\n');
    await writeFile(join(dataDir, 'postgres-password'), 'secret', { mode: 0o600 });
    await writeFile(join(dataDir, 'logs/broker.log'), 'x');
    await writeFile(join(dataDir, 'vk/state.json'), '{}');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const placesIn = (name: string, attachments?: string): Places =>
    backupPlaces(
      { ...readSettings({}), dataDir: join(dir, name) },
      attachments === undefined ? {} : { OTKLIK_ATTACHMENTS: join(dir, attachments) },
    );

  async function refusal(action: Promise<unknown>): Promise<string> {
    const error: unknown = await action.then(
      () => null,
      (it: unknown) => it,
    );
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }

  it('gives back files, empty folders and permissions, without logs and process numbers', async () => {
    await backUp(places, target, quiet);
    expect((await stat(target)).mode & 0o777, 'nobody else reads it').to.equal(0o700);
    await restore(placesIn('elsewhere'), target, quiet);
    const at = (path: string) => join(dir, 'elsewhere', path);
    expect(await readdir(at('.'))).to.have.members([
      ...['.otklik-data', 'postgres', 'postgres-password', 'vk', 'zeebe'],
    ]);
    expect(await readdir(at('postgres'))).to.have.members(['PG_VERSION', 'pg_notify']);
    expect(await readFile(at('zeebe/raft/segment'))).to.deep.equal(Buffer.alloc(300_000, 7));
    expect((await stat(at('postgres-password'))).mode & 0o777).to.equal(0o600);
    expect((await readdir(dir)).sort()).to.deep.equal(['backup', 'data', 'elsewhere']);
  });

  it('takes a folder of attachments along', async () => {
    await mkdir(join(dir, 'photos/a'), { recursive: true });
    await writeFile(join(dir, 'photos/a/1.jpg'), 'jpeg');
    await backUp(placesIn('data', 'photos'), target, quiet);
    expect(await refusal(restore(placesIn('elsewhere'), target, quiet))).to.contain(
      'name an empty one in OTKLIK_ATTACHMENTS',
    );
    expect(await refusal(restore(placesIn('elsewhere', 'photos'), target, quiet))).to.contain(
      'photos is not empty, and nothing is overwritten: point OTKLIK_ATTACHMENTS at an empty folder',
    );
    await restore(placesIn('elsewhere', 'pictures'), target, quiet);
    expect(await readFile(join(dir, 'pictures/a/1.jpg'), 'utf8')).to.equal('jpeg');
  });

  it('refuses a stack that runs, an empty one and a folder that is there', async () => {
    const lock = join(places.settings.dataDir, 'launcher.lock');
    await writeFile(lock, JSON.stringify(await thisProcess()));
    expect(await refusal(backUp(places, target, quiet))).to.contain('stop it first');
    await rm(lock);
    expect(await refusal(backUp(placesIn('nowhere'), target, quiet))).to.contain(
      'holds no data of the stack: is OTKLIK_DATA right?',
    );
    await mkdir(target);
    expect(await refusal(backUp(places, target, quiet))).to.contain('is there already');
    const inside = join(places.settings.dataDir, 'backup');
    expect(await refusal(backUp(places, inside, quiet))).to.contain('which is what is backed up');
  });

  it('leaves the database of somebody else alone', () => {
    const settings = readSettings({ DATABASE_URL: 'postgres://u:secret@host/d' });
    expect(() => backupPlaces(settings))
      .to.throw(InputError, 'back it up with pg_dump')
      .that.does.not.match(/secret/);
  });

  it('never takes a broken-off copy for a backup', async () => {
    await backUp(places, target, quiet);
    await rm(join(target, 'manifest.json'));
    expect(await refusal(restore(placesIn('elsewhere'), target, quiet))).to.contain(
      'is not a whole backup: it has no manifest.json',
    );
    await rm(target, { recursive: true });
    // What a copy that was killed leaves is cleared away by the next one.
    await mkdir(`${target}.part/data`, { recursive: true });
    await backUp(places, target, quiet);
    expect((await readdir(dir)).sort()).to.deep.equal(['backup', 'data']);
  });

  it('tells every damaged, missing and foreign file, and restores nothing', async () => {
    await backUp(places, target, quiet);
    await writeFile(join(target, 'data/zeebe/raft/segment'), 'other');
    await rm(join(target, 'data/vk/state.json'));
    await writeFile(join(target, 'data/more'), '');
    const said = await refusal(restore(placesIn('elsewhere'), target, quiet));
    expect(said)
      .to.contain('data/zeebe/raft/segment has the checksum')
      .and.contain('data/vk/state.json is missing')
      .and.contain('data/more does not belong to it');
    expect(await readdir(join(dir, 'elsewhere'))).to.deep.equal([]);
    expect(await readdir(dir)).not.to.include('elsewhere.restoring');
  });

  it('refuses to overwrite, other versions and a manifest that leads out of it', async () => {
    await backUp(places, target, quiet);
    expect(await refusal(restore(places, target, quiet))).to.contain(
      'data is not empty, and nothing is overwritten: point OTKLIK_DATA at an empty folder',
    );
    const manifest = join(target, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/"camunda": "[\d.]+"/, '"camunda": "8.5.1"'));
    expect(await refusal(restore(placesIn('elsewhere'), target, quiet))).to.match(
      /take Otklik \d+\.\d+\.\d+ to restore it:\n {2}Camunda: 8\.5\.1 in the backup, 8\.6\.0 here/,
    );
    await writeFile(manifest, text.replace('"data/vk/state.json"', '"data/../../state.json"'));
    expect(await refusal(restore(placesIn('elsewhere'), target, quiet))).to.contain(
      'no path of a backup',
    );
    await writeFile(manifest, text.slice(0, -20));
    expect(await refusal(restore(placesIn('elsewhere'), target, quiet))).to.contain('is damaged');
  });
});
