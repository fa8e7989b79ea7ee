import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { backUp } from '../../stack/backup.ts';
import { backupPlaces } from '../../stack/backup-places.ts';
import { freePorts } from '../../stack/ports.ts';
import { restore } from '../../stack/restore.ts';
import { startStack } from '../../stack/stack.ts';
import { temporarySettings } from '../../stack/temporary.ts';
import { actOn, type Act } from '../system/act.ts';
import { atReview, inWork } from '../system/stages.ts';
import { openSandbox, startSystem, type Started } from '../system/system.ts';
import { eventually } from '../system/wait.ts';
import { nextWorkday } from '../system/workday.ts';

const quiet = () => undefined;

describe('A backup', () => {
  it('restored elsewhere, the work goes on there, once (clauses 6, 8)', async function () {
    this.timeout(600_000);
    const folder = await mkdtemp(join(tmpdir(), 'otklik-backup-'));
    const sandbox = await openSandbox();
    let started: Started | null = null;
    const settings = await temporarySettings();
    const start = async (dataDir: string, now: DateTime): Promise<Act> => {
      const here = { ...settings, dataDir, ports: await freePorts() };
      const stack = () => startStack(here, { log: quiet, parts: { webapps: false } });
      started = await startSystem(stack, { sandbox, now });
      const { system } = started;
      return { ...actOn(system), system, clock: system.clock };
    };
    const stop = async () => {
      await started?.stop();
      started = null;
    };
    try {
      const old = await start(settings.dataDir, DateTime.now());
      await old.clock.advanceTo(await nextWorkday(old.system));
      const ready = await atReview(old);
      const late = await inWork(old);
      const fresh = old.city.writes('Яма на дороге.');
      const triage = await old.curator.sees(await old.otklik.detected(fresh), 'triage');
      const stoppedAt = old.clock.now();
      await old.system.steady();
      await stop();

      const target = join(folder, 'backup');
      await backUp(backupPlaces(settings, {}), target, quiet);
      const elsewhere = { ...settings, dataDir: join(folder, 'elsewhere') };
      await restore(backupPlaces(elsewhere, {}), target, quiet);
      await rm(settings.dataDir, { recursive: true });

      const young = await start(elsewhere.dataDir, stoppedAt.plus({ days: 4 }));
      const { system, otklik, curator, executor } = young;
      const [answered, missed, waiting] = [
        await otklik.detected(ready.post),
        await otklik.detected(late.post),
        await otklik.detected(fresh),
      ];

      await eventually('the deadline that passed meanwhile to be noticed', async () => {
        const clock = await missed.clock('draft');
        return clock.missedAt !== null;
      });
      expect((await otklik.firstShortcoming(missed)).kind).to.equal('deadline');
      await curator.publishes(answered);
      await otklik.ended(answered);
      await executor('minzhkh').drafts(missed, 'Отопление включено.');
      await curator.publishes(missed);
      await otklik.ended(missed);
      expect([ready, late].map(({ post }) => post.replies().length)).to.deep.equal([1, 1]);

      const again = await curator.sees(waiting, 'triage');
      expect(again.key).to.equal(triage.key);
      await curator.triages(waiting, { decision: 'not-relevant', reason: 'Проверка.' });
      await otklik.ended(waiting);
      expect(system.view.incidents).to.deep.equal([]);
    } finally {
      await stop();
      await sandbox.close();
      await rm(folder, { recursive: true });
      await rm(settings.dataDir, { recursive: true, force: true });
    }
  });
});
