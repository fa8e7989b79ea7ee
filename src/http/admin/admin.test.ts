import { expect } from 'chai';
import { aMessage, anAssignment } from '../../../test/builders.ts';
import { openPages, type Pages } from '../../../test/pages.ts';
import { signInAll, tokenOf } from '../../../test/people.ts';
import { openStage, type Stage } from '../../../test/stage.ts';
import type { Visitor } from '../../../test/visitor.ts';
import { AgencyEntity } from '../../db/entities/agency.ts';
import { AuditEntryEntity } from '../../db/entities/audit.ts';
import { DeadlineEntity } from '../../db/entities/deadline.ts';
import { OfficialEntity } from '../../db/entities/official.ts';
import { takeLease } from '../../monitor/lease.ts';
import { networksWithoutReplies } from '../../networks/switches.ts';
import { importRegion } from '../../registry/import.ts';
import { regionIn } from '../../registry/load.ts';
import { regionSettings } from '../../registry/queries.ts';

const LISTS = ['agencies', 'officials', 'hours', 'topics', 'municipalities'];
const READ = [
  ...LISTS,
  'agencies/minzdrav',
  'officials/head',
  'hours/default',
  'topics/roads',
  'municipalities/smolensk',
  'search',
  'limits',
  'networks',
  'history',
  'export/agencies.yaml',
];
const CHANGE = [
  'agencies/minzdrav',
  'officials/head',
  'hours/default',
  'topics/roads',
  'municipalities/smolensk',
  'search',
  'limits',
  'networks',
  'agencies/minzdrav/remove',
];

describe('The administrator’s page', () => {
  let stage: Stage;
  let pages: Pages;
  let as: (login: string) => Visitor;
  const TABLE = [
    // login, reads, changes
    ['admin', 200, true],
    ['head', 200, false],
    ['curator', 403, false],
    ['vice-policy', 403, false],
    ['governor', 403, false],
    ['minzdrav', 403, false],
  ] as const;

  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    as = await signInAll(
      stage,
      pages,
      TABLE.map(([login]) => login),
    );
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });

  /** What the form at `path` would send if nothing were changed. */
  async function fieldsOf(path: string): Promise<Record<string, string>> {
    const { html } = await as('admin').get(`/admin/${path}`);
    const [, form = ''] =
      /<main[\s\S]*?<form method="post" action="">([\s\S]*?)<\/form>/.exec(html) ?? [];
    const text = (value: string) =>
      value
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
    const fields: Record<string, string> = {};
    for (const [tag, name = ''] of form.matchAll(
      /<(?:input|textarea|select)[^>]*?name="([^"]+)"[^>]*>/g,
    )) {
      if (tag.includes('disabled') || (tag.includes('checkbox') && !tag.includes('checked')))
        continue;
      fields[name] = tag.includes('checkbox') ? 'on' : text(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name = '', inner = ''] of form.matchAll(
      /<textarea[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g,
    )) {
      fields[name] = text(inner);
    }
    for (const [, name = '', inner = ''] of form.matchAll(
      /<select[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
    )) {
      fields[name] = text(/value="([^"]*)" selected/.exec(inner)?.[1] ?? '');
    }
    return fields;
  }
  const save = async (path: string, changed: Record<string, string>, action = path) =>
    as('admin').post(`/admin/${action}`, { ...(await fieldsOf(path)), ...changed });
  const agency = (code: string) => stage.db.manager.findOneByOrFail(AgencyEntity, { code });

  for (const [login, reads, changes] of TABLE) {
    it(`answers ${login} with ${reads}, who ${changes ? 'changes' : 'does not change'} it`, async () => {
      for (const path of READ) {
        const visit = await as(login).get(`/admin/${path}`);
        expect(visit.status, path).to.equal(reads);
        if (reads === 200)
          expect(visit.html.includes('Сохранить')).to.equal(changes && CHANGE.includes(path));
      }
      expect((await as(login).get('/')).html.includes('href="/admin"')).to.equal(reads === 200);
      if (changes) return;
      const token = await tokenOf(as(login));
      for (const path of CHANGE) {
        expect((await as(login).post(`/admin/${path}`, { token })).status, path).to.equal(403);
      }
    });
  }

  it('lets nobody in who has not signed in, nor a form of another page', async () => {
    for (const path of READ)
      expect((await pages.visitor().get(`/admin/${path}`)).status).to.equal(303);
    for (const path of CHANGE) {
      expect((await pages.visitor().post(`/admin/${path}`, {})).status, path).to.equal(401);
      const foreign = { token: await tokenOf(as('head')) };
      expect((await as('admin').post(`/admin/${path}`, foreign)).status, path).to.equal(403);
    }
  });

  it('saves what was not changed without a change', async () => {
    const before = (await as('admin').get('/admin/history')).html;
    const paths = ['agencies/minzdrav', 'officials/head', 'hours/early-lunch', 'topics/other'];
    for (const path of [...paths, 'municipalities/smolensky', 'search', 'limits']) {
      expect((await save(path, {})).status, path).to.equal(303);
    }
    expect((await as('admin').get('/admin/history')).html.match(/<tr>/g)).to.have.length(
      before.match(/<tr>/g)?.length ?? 0,
    );
  });

  it('changes an agency, says who did, in the history and in the audit', async () => {
    const visit = await save('agencies/minzdrav', {
      channel: 'https://minzdrav.example/hook',
      hours: 'round-the-clock',
    });
    expect([visit.status, visit.location]).to.deep.equal([303, '/admin/agencies']);
    const row = await agency('minzdrav');
    expect(row).to.include({
      channelKind: 'webhook',
      channelAddress: 'https://minzdrav.example/hook',
    });
    expect(row.hours.observeHolidays).to.equal(false);
    const { html } = await as('head').get('/admin/history');
    expect(html).to.contain(
      'Органы власти: Министерство здравоохранения Смоленской области, Канал связи (п. 4): «minzdrav-priem@smolensk.example» → «https://minzdrav.example/hook»',
    );
    expect(html).to.contain('<td data-name="Кто">admin</td>');
    const lines = await stage.db
      .getRepository(AuditEntryEntity)
      .findBy({ action: 'изменён реестр' });
    expect(lines.at(-1)?.details).to.include({ login: 'admin' });
    expect(JSON.stringify(lines)).to.contain('minzdrav.channel');
  });

  it('adds and removes an official, an agency and hours', async () => {
    const official = {
      login: 'minturizm',
      post: 'Министр туризма',
      rank: 'head',
      role: 'executor',
      email: 'tur@smolensk.example',
    };
    expect((await save('officials/new', official)).status).to.equal(303);
    expect(
      (
        await save('hours/new', {
          name: 'night',
          zone: 'Europe/Moscow',
          'week.mon': '20:00 – 24:00',
          days: '2026-12-31: 10:00-12:00\n2026-12-30:',
        })
      ).status,
    ).to.equal(303);
    const added = await save('agencies/new', {
      code: 'minturizm',
      name: 'Министерство туризма',
      shortName: 'Минтуризм',
      competence: 'Туризм',
      executor: 'minturizm',
      supervisor: 'vice-social',
      channel: 'tur@smolensk.example',
      hours: 'night',
    });
    expect(added.status).to.equal(303);
    expect((await agency('minturizm')).hours).to.deep.include({
      week: { mon: ['20:00-24:00'] },
      days: { '2026-12-31': ['10:00-12:00'], '2026-12-30': [] },
    });
    for (const path of ['agencies/minturizm', 'officials/minturizm', 'hours/night']) {
      expect((await save(path, {}, `${path}/remove`)).status, path).to.equal(303);
    }
    expect((await agency('minturizm')).active).to.equal(false);
  });

  it('changes topics, municipalities and search words, and keeps what messages are marked with', async () => {
    const water = { code: 'water', name: 'Водоёмы', about: 'о водоёмах' };
    expect((await save('topics/new', water)).status).to.equal(303);
    expect((await save('topics/water', { about: '' })).status).to.equal(303);
    const place = { code: 'zarechye', name: 'Заречье', words: 'заречь*\r\nза рекой\r\n' };
    expect((await save('municipalities/new', place)).status).to.equal(303);
    const { searchWords: words } = await regionSettings(stage.db.manager);
    const searched = { searchWords: [...words, 'Заречье'].join('\r\n') };
    expect((await save('search', searched)).status).to.equal(303);
    const { topics, municipalities, searchWords } = await regionSettings(stage.db.manager);
    expect(topics.at(-1)).to.deep.equal({ code: 'water', name: 'Водоёмы' });
    expect(municipalities.at(-1)).to.deep.equal({
      code: 'zarechye',
      name: 'Заречье',
      words: ['заречь*', 'за рекой'],
    });
    expect(searchWords).to.deep.equal([...words, 'Заречье']);
    expect((await as('head').get('/admin/history')).html).to.contain(
      'Регион: Водоёмы, О чём сообщения: «о водоёмах» → нет',
    );

    await aMessage(stage, { topic: 'water' });
    const kept = await save('topics/water', {}, 'topics/water/remove');
    expect(kept.status).to.equal(400);
    expect(kept.html).to.contain('Исключить нельзя: запись указана в 1 сообщении.');
    const gone = await save('municipalities/zarechye', {}, 'municipalities/zarechye/remove');
    expect(gone.status).to.equal(303);
  });

  const FAULTS: {
    path: string;
    field: string;
    value: string;
    at: string;
    says: string;
    keeps?: string;
  }[] = [
    { path: 'agencies/minobr', field: 'name', value: '', at: 'name', says: 'пусто' },
    {
      path: 'agencies/minobr',
      field: 'executor',
      value: 'nobody',
      at: 'executor',
      says: 'нет в officials.yaml',
    },
    {
      path: 'agencies/minobr',
      field: 'executor',
      value: 'curator',
      at: 'executor',
      says: 'не может быть исполнителем',
    },
    {
      path: 'agencies/minobr',
      field: 'supervisor',
      value: 'minzdrav',
      at: 'supervisor',
      says: 'не заместитель Губернатора',
    },
    {
      path: 'agencies/minobr',
      field: 'channel',
      value: 'телефон',
      at: 'channel',
      says: 'неверный канал связи «телефон»',
    },
    {
      path: 'agencies/minobr',
      field: 'hours',
      value: 'never',
      at: 'hours',
      says: 'режима «never» нет',
    },
    {
      path: 'agencies/minobr',
      field: 'curator',
      value: 'on',
      at: '',
      says: 'куратором отмечены',
    },
    {
      path: 'agencies/new',
      field: 'code',
      value: 'МинОбр',
      at: 'code',
      says: 'строчные латинские буквы',
    },
    { path: 'agencies/new', field: 'code', value: 'minobr', at: 'code', says: 'уже занято' },
    {
      path: 'officials/head',
      field: 'role',
      value: 'tsar',
      at: 'role',
      says: 'допустимо: executor',
    },
    {
      path: 'officials/head',
      field: 'email',
      value: 'почта',
      at: 'email',
      says: 'адрес электронной почты',
    },
    {
      path: 'officials/minobr',
      field: 'rank',
      value: 'specialist',
      at: 'rank',
      says: 'исполнителем назначается',
    },
    { path: 'officials/head', field: 'role', value: 'curator', at: '', says: 'department-head' },
    { path: 'hours/default', field: 'zone', value: 'Марс', at: 'zone', says: 'часовой пояс IANA' },
    {
      path: 'hours/default',
      field: 'week.mon',
      value: '18:00-09:00',
      at: 'week.mon',
      says: 'рабочее время «mon»',
    },
    {
      path: 'hours/default',
      field: 'shortenBy',
      value: 'час',
      at: 'shortenBy',
      says: 'длительность',
    },
    {
      path: 'hours/default',
      field: 'days',
      value: '31.12.2026: 10:00-12:00',
      at: 'days',
      says: 'неверная дата',
    },
    { path: 'topics/roads', field: 'name', value: '', at: 'name', says: 'пусто' },
    { path: 'topics/new', field: 'code', value: 'roads', at: 'code', says: 'уже занято' },
    {
      path: 'municipalities/smolensk',
      field: 'words',
      value: 'смоленск\nСмоленск!',
      at: 'words',
      says: 'строчные русские буквы',
    },
    { path: 'search', field: 'searchWords', value: '', at: 'searchWords', says: 'список пуст' },
    {
      path: 'limits',
      field: 'limits.draft',
      value: '8 часов',
      at: 'limits.draft',
      says: 'неверная длительность',
    },
    {
      path: 'limits',
      field: 'warnings.draft',
      value: 'PT9H',
      at: 'warnings.draft',
      says: 'не короче срока',
    },
    {
      path: 'limits',
      field: 'surge.weeks',
      value: '1',
      at: 'surge.weeks',
      says: 'целое число от 3 до 26',
    },
    {
      path: 'limits',
      field: 'surge.falseAlarms',
      value: 'много',
      at: 'surge.falseAlarms',
      says: 'от 0.01 до 30',
    },
    { path: 'limits', field: 'governor', value: 'head', at: 'governor', says: 'не Губернатор' },
    { path: 'limits', field: 'retention', value: 'год', at: 'retention', says: 'неверный срок' },
  ];
  for (const { path, field, value, at, says } of FAULTS) {
    it(`refuses ${path} with ${field} = «${value}» and says why ${at ? 'there' : 'above the form'}`, async () => {
      const { html, status } = await save(path, { [field]: value });
      expect(status).to.equal(400);
      const id = `f-${at.replaceAll('.', '-')}`;
      const fault = at
        ? new RegExp(`id="${id}-fault">([^<]*)`).exec(html)?.[1]
        : /role="alert">([\s\S]*?)<\/div>/.exec(html)?.[1];
      expect(fault).to.contain(says);
      if (at) expect(html).to.match(new RegExp(`id="${id}"[^>]*aria-invalid="true"`));
    });
  }

  it('removes nobody who has open work, and lists it', async () => {
    const id = await aMessage(stage);
    await anAssignment(stage, id, 'mintrans');
    const asAgency = await save('agencies/mintrans', {}, 'agencies/mintrans/remove');
    expect(asAgency.status).to.equal(400);
    expect(asAgency.html).to.contain('незавершённая работа').and.contain(`wall-1_${id}`);
    expect((await agency('mintrans')).active).to.equal(true);
    await save('agencies/mintrans', { executor: 'minzdrav' });
    const asOfficial = await save('officials/mintrans', {}, 'officials/mintrans/remove');
    expect(asOfficial.status).to.equal(400);
    expect(asOfficial.html).to.contain(`wall-1_${id}`);
    expect(await stage.db.manager.countBy(OfficialEntity, { login: 'mintrans' })).to.equal(1);
  });

  it('leaves clocks that run alone when limits and hours change', async () => {
    const id = await aMessage(stage);
    await anAssignment(stage, id, 'minobr');
    const due = () =>
      stage.db.manager.find(DeadlineEntity, { where: { messageId: id }, order: { dueAt: 'ASC' } });
    const before = await due();
    expect((await save('limits', { 'limits.draft': 'PT4H' })).status).to.equal(303);
    expect((await save('agencies/minobr', { hours: 'round-the-clock' })).status).to.equal(303);
    expect(await due()).to.deep.equal(before);
    expect((await regionSettings(stage.db.manager)).limits.draft).to.equal('PT4H');
  });

  it('refuses what was changed by somebody else meanwhile', async () => {
    const stale = await fieldsOf('officials/head');
    await save('officials/curator', { post: 'Ведущий консультант отдела мониторинга' });
    const { status, html } = await as('admin').post('/admin/officials/head', stale);
    expect(status).to.equal(400);
    expect(html).to.contain('Реестр тем временем изменён');
  });

  it('switches networks at once: what is off is neither read nor answered', async () => {
    const lease = () => takeLease(stage.db, 'a', 'vk', 'page:1', 60_000);
    expect(await lease()).not.to.equal(null);
    const fields = await fieldsOf('networks');
    expect(fields).to.include({ 'vk.canRead': 'on', 'vk.canReply': 'on' });
    delete fields['vk.canRead'];
    delete fields['vk.canReply'];
    expect((await as('admin').post('/admin/networks', fields)).status).to.equal(303);
    expect(await lease()).to.equal(null);
    expect(await networksWithoutReplies(stage.db.manager)).to.include('vk');
    expect((await as('head').get('/admin/history')).html).to.contain(
      'Социальные сети: ВКонтакте, чтение: «включено» → «выключено»',
    );
    await save('networks', { 'vk.canRead': 'on', 'vk.canReply': 'on' });
    expect(await lease()).not.to.equal(null);
  });

  it('gives files that are the registry, and keeps others from undoing the page', async () => {
    const demo = await regionIn('region/smolensk');
    const refused = await importRegion(stage.db, demo).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(refused).to.contain(
      'agencies.yaml, minzdrav.channel: на странице «https://minzdrav.example/hook», в файле «minzdrav-priem@smolensk.example»',
    );
    const { html } = await as('admin').get('/admin/export/agencies.yaml');
    expect(html).to.contain('channel: https://minzdrav.example/hook');
    await importRegion(stage.db, demo, { overwrite: true });
    expect((await agency('minzdrav')).channelKind).to.equal('email');
    await importRegion(stage.db, demo);
  });
});
