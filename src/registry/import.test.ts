import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { DateTime, Duration } from 'luxon';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { copyOfDemoRegion, type RegionCopy } from '../../test/region.ts';
import { AgencyEntity } from '../db/entities/agency.ts';
import { AssignmentEntity, type Assignment } from '../db/entities/assignment.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { OfficialEntity } from '../db/entities/official.ts';
import { RegionEntity } from '../db/entities/region.ts';
import { InputError } from '../errors.ts';
import { createCalendars } from './calendars.ts';
import { importRegion } from './import.ts';
import { loadRegion } from './load.ts';
import {
  activeAgencies,
  agencyByCode,
  calendarOf,
  curatorAgency,
  officialByLogin,
  regionSettings,
} from './queries.ts';
import type { RegionDefinition } from './region.ts';

describe('importRegion', () => {
  let copy: RegionCopy;
  let test: TestDatabase;
  let demo: RegionDefinition;

  beforeEach(async () => {
    copy = await copyOfDemoRegion();
    demo = await load();
    test = await testDatabase();
  });
  afterEach(async () => {
    await test.close();
    await copy.remove();
  });

  it('adds everything to an empty database', async () => {
    const report = await importRegion(test.db, demo);
    expect(report.settings).to.equal('added');
    expect(report.agencies.added).to.deep.equal(demo.agencies.map(({ code }) => code));
    expect(report.officials.added).to.deep.equal(demo.officials.map(({ login }) => login));

    const tx = test.db.manager;
    expect(await regionSettings(tx)).to.deep.equal(demo.settings);
    expect(await activeAgencies(tx)).to.have.length(demo.agencies.length);
    expect(await curatorAgency(tx)).to.include({ code: 'vnutrpolitika' });
    expect(await officialByLogin(tx, 'minzdrav')).to.include({ rank: 'deputy-head' });
    expect(await agencyByCode(tx, 'mintrans')).to.include({
      channelKind: 'webhook',
      channelAddress: 'http://localhost:3100/hooks/mintrans',
      executor: 'mintrans',
    });
  });

  it('gives every agency its working time', async () => {
    await importRegion(test.db, demo);
    const calendars = createCalendars([]);
    const friday = DateTime.fromISO('2026-11-27T17:00+03:00');
    const due = async (code: string) => {
      const calendar = await calendarOf(test.db.manager, calendars, code);
      return calendar.deadline(friday, Duration.fromISO('PT8H')).due.toISO();
    };
    expect(await due('minzdrav')).to.equal('2026-11-30T14:00:00.000Z');
    expect(await due('bezopasnost')).to.equal('2026-11-27T22:00:00.000Z');
  });

  it('changes nothing the second time', async () => {
    await importRegion(test.db, demo);
    const before = await contents();
    const report = await importRegion(test.db, await load());
    expect(report.settings).to.equal('unchanged');
    expect(report.agencies.unchanged).to.have.length(demo.agencies.length);
    expect(report.officials.unchanged).to.have.length(demo.officials.length);
    for (const { added, changed, removed } of [report.agencies, report.officials]) {
      expect([...added, ...changed, ...removed]).to.deep.equal([]);
    }
    expect(await contents()).to.deep.equal(before);
  });

  it('changes only what changed, and agencies whose hours changed', async () => {
    await importRegion(test.db, demo);
    await copy.edit('region.yaml', 'draft: PT8H', 'draft: PT7H');
    await copy.edit(
      'officials.yaml',
      'Министр лесного',
      'Исполняющий обязанности министра лесного',
    );
    await copy.edit('hours.yaml', "'13:15-16:15'", "'13:15-16:30'");
    const report = await importRegion(test.db, await load());
    expect(report.settings).to.equal('changed');
    expect(report.officials.changed).to.deep.equal(['minles']);
    expect(report.agencies.changed).to.deep.equal(['mintrud', 'minles', 'minselhoz']);
    expect((await regionSettings(test.db.manager)).limits.draft).to.equal('PT7H');
  });

  it('retires an agency that is no longer there and takes it back', async () => {
    await importRegion(test.db, demo);
    const report = await importRegion(test.db, without(demo, 'minsport'));
    expect(report.agencies.removed).to.deep.equal(['minsport']);
    expect(report.officials.removed).to.deep.equal(['minsport']);
    expect(await agencyByCode(test.db.manager, 'minsport')).to.include({
      active: false,
      executor: null,
    });
    expect(await officialByLogin(test.db.manager, 'minsport')).to.equal(null);

    const again = await importRegion(test.db, demo);
    expect(again.agencies.added).to.deep.equal(['minsport']);
    expect(await agencyByCode(test.db.manager, 'minsport')).to.include({ active: true });
  });

  for (const status of ['open', 'drafted', 'returned'] as const) {
    it(`refuses to remove an executor with work that is ${status}, naming it`, async () => {
      await importRegion(test.db, demo);
      const url = await assign('minsport', status);
      const before = await contents();
      const changed = without(demo, 'minsport');
      changed.settings.name = 'Не должно сохраниться';
      const error = await refusal(importRegion(test.db, changed));
      expect(error.message).to.include(`Минспорт (minsport): ${url}, получено 24.11.2026 13:05`);
      expect(await contents()).to.deep.equal(before);
    });
  }

  it('refuses to make a curator of an executor with open work', async () => {
    await importRegion(test.db, demo);
    const url = await assign('minsport', 'open');
    const changed = without(demo, 'minsport');
    changed.agencies = structuredClone(demo.agencies);
    for (const agency of changed.agencies) {
      if (agency.code === 'minsport') agency.executor = 'minkult';
    }
    changed.officials = structuredClone(demo.officials);
    for (const official of changed.officials) {
      if (official.login === 'minsport') official.role = 'curator';
    }
    expect((await refusal(importRegion(test.db, changed))).message).to.include(url);
  });

  it('keeps an executor whom finished work names, and says so', async () => {
    await importRegion(test.db, demo);
    await assign('minsport', 'drafted', new Date('2026-11-24T15:00Z'));
    const report = await importRegion(test.db, without(demo, 'minsport'));
    expect(report.officials.removed).to.deep.equal([]);
    expect(report.officials.kept).to.deep.equal(['minsport']);
    expect(await officialByLogin(test.db.manager, 'minsport')).not.to.equal(null);
  });

  it('leaves everything as it was when it fails half-way', async () => {
    await importRegion(test.db, demo);
    const before = await contents();
    const broken = structuredClone(demo);
    broken.settings.name = 'Не должно сохраниться';
    broken.officials[0]!.post = 'Не должно сохраниться';
    broken.agencies.at(-1)!.supervisor = 'nobody';
    let failed = false;
    await importRegion(test.db, broken).catch(() => (failed = true));
    expect(failed).to.equal(true);
    expect(await contents()).to.deep.equal(before);
  });

  it('lets two imports at once follow one another', async () => {
    const reports = await Promise.all([importRegion(test.db, demo), importRegion(test.db, demo)]);
    expect(reports.map(({ settings }) => settings).sort()).to.deep.equal(['added', 'unchanged']);
  });

  it('has queries that say when no region is there', async () => {
    expect((await refusal(regionSettings(test.db.manager))).message).to.include('не загружен');
    expect((await refusal(curatorAgency(test.db.manager))).message).to.include('не загружен');
  });

  async function load(): Promise<RegionDefinition> {
    const { region } = await loadRegion(copy.dir);
    if (!region) throw new Error('the demo region has faults');
    return region;
  }

  async function contents(): Promise<unknown[]> {
    return Promise.all([
      test.db.manager.find(RegionEntity),
      test.db.manager.find(OfficialEntity, { order: { login: 'ASC' } }),
      test.db.manager.find(AgencyEntity, { order: { code: 'ASC' } }),
    ]);
  }

  /** Stores a message that `agency` has received; gives its address. */
  async function assign(
    agency: string,
    status: Assignment['status'],
    finishedAt: Date | null = null,
  ): Promise<string> {
    const id = randomUUID();
    const url = `https://vk.example/wall-1_${id}`;
    const receivedAt = new Date('2026-11-24T10:05Z');
    await test.db.manager.insert(MessageEntity, {
      id,
      network: 'vk',
      externalId: id,
      kind: 'post',
      url,
      text: 'Когда починят каток?',
      photos: [],
      publishedAt: receivedAt,
      detectedAt: receivedAt,
      finishedAt,
    });
    await test.db.manager.insert(AssignmentEntity, {
      id: randomUUID(),
      sourceKey: id,
      messageId: id,
      agencyCode: agency,
      executor: agency,
      receivedAt,
      status,
    });
    return url;
  }
});

/** The region without an agency and its executor. */
function without(region: RegionDefinition, code: string): RegionDefinition {
  const copy = structuredClone(region);
  copy.agencies = copy.agencies.filter((agency) => agency.code !== code);
  copy.officials = copy.officials.filter(({ login }) => login !== code);
  return copy;
}

async function refusal(action: Promise<unknown>): Promise<InputError> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(InputError);
  return error as InputError;
}
