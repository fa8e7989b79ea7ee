import { expect } from 'chai';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll, tokenOf } from '../../test/people.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { allTemplates, templateById } from '../templates/template.ts';

const ROLES = [
  // login, may read, may edit
  ['curator', 200, true],
  ['minzdrav', 200, false],
  ['vice-social', 200, false],
  ['head', 200, false],
  ['governor', 403, false],
  ['admin', 403, false],
] as const;
const FIELDS = {
  title: 'Лифт <стоит>',
  topic: 'housing',
  network: 'vk',
  text: '[Имя], лифт починят до [дата].\r\nСпасибо!',
};

describe('The pages of templates', () => {
  let stage: Stage;
  let pages: Pages;
  let as: (login: string) => Visitor;
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    as = await signInAll(
      stage,
      pages,
      ROLES.map(([login]) => login),
    );
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  const current = () => allTemplates(stage.db.manager);
  async function created(title = FIELDS.title): Promise<string> {
    const saved = await as('curator').submit('/templates/new', { ...FIELDS, title }, '/templates');
    expect(saved.status).to.equal(303);
    return saved.location?.replace('/templates/', '') ?? '';
  }
  const byId = async (id: string) =>
    (await templateById(stage.db.manager, id)) ?? expect.fail(`no template ${id}`);

  for (const [login, reading, edits] of ROLES) {
    it(`${login} reads: ${reading}, ${edits ? 'edits' : 'does not edit'}`, async () => {
      const [first] = await current();
      const { html, status } = await as(login).get('/templates');
      expect(status).to.equal(reading);
      expect(html.includes('Новый шаблон')).to.equal(edits);
      expect((await as(login).get(`/templates/${first!.id}`)).status).to.equal(reading);
      expect((await as(login).get('/')).html.includes('href="/templates"')).to.equal(
        reading === 200,
      );
      const forms = [`/templates/new`, `/templates/${first!.id}/edit`];
      for (const path of forms) {
        expect((await as(login).get(path)).status, path).to.equal(edits ? 200 : 403);
      }
      if (edits) return;
      const token = await tokenOf(as(login));
      const before = await current();
      for (const path of ['', `/${first!.id}`, `/${first!.id}/withdraw`, `/${first!.id}/restore`]) {
        const sent = await as(login).post(`/templates${path}`, { ...FIELDS, token, version: '1' });
        expect(sent.status, path).to.equal(403);
      }
      expect(await current()).to.deep.equal(before);
    });
  }

  it('send a stranger to sign in, and take no form of another site', async () => {
    expect((await pages.visitor().get('/templates')).location).to.contain('/sign-in');
    const before = await current();
    for (const path of ['/templates', `/templates/${before[0]!.id}/withdraw`]) {
      const sent = await as('curator').post(path, { ...FIELDS, token: 'of another site' });
      expect(sent.status, path).to.equal(403);
    }
    expect(await current()).to.deep.equal(before);
  });

  it('make, edit, withdraw and restore a template; versions and audit stay', async () => {
    const id = await created();
    const page = await as('minzdrav').get(`/templates/${id}`);
    expect(page.html)
      .to.contain('Лифт &lt;стоит&gt;')
      .and.contain('Содержание и капитальный ремонт домов, ВКонтакте');
    expect(await byId(id)).to.include({
      version: 1,
      text: '[Имя], лифт починят до [дата].\nСпасибо!',
    });

    const change = { title: 'Лифт', topic: '', network: '', text: 'Лифт починен.' };
    const edit = `/templates/${id}/edit`;
    const old = /name="version" value="(\d+)"/.exec((await as('curator').get(edit)).html)?.[1];
    expect(old).to.equal('1');
    await as('curator').submit(edit, change, `/templates/${id}`);
    expect(await byId(id)).to.include({ version: 2, title: 'Лифт', topic: null, network: null });
    await as('curator').submit(edit, change, `/templates/${id}`);
    expect(await byId(id)).to.include({ version: 2 });
    const token = await tokenOf(as('curator'));
    const late = { ...FIELDS, token, version: '1' };
    const refused = await as('curator').post(`/templates/${id}`, late);
    expect(refused.status).to.equal(400);
    expect(refused.html).to.contain('Пока вы правили шаблон').and.contain('Лифт &lt;стоит&gt;');

    await as('curator').submit(`/templates/${id}`, {}, `/templates/${id}/withdraw`);
    expect((await byId(id)).withdrawnAt).not.to.equal(null);
    expect((await as('minzdrav').get('/templates')).html).not.to.contain(id);
    expect((await as('curator').get('/templates')).html).to.contain(id);
    await as('curator').submit(`/templates/${id}`, {}, `/templates/${id}/restore`);
    expect((await byId(id)).withdrawnAt).to.equal(null);
    const history = await as('curator').get(`/templates/${id}`);
    expect(history.html).to.contain('Лифт починен.').and.contain('лифт починят до [дата]');
    const audit = await stage.db.getRepository(AuditEntryEntity).find({ order: { id: 'ASC' } });
    const actions = audit.flatMap(({ action, details }) =>
      details['templateId'] === id ? [action] : [],
    );
    expect(actions).to.deep.equal([
      'создан шаблон ответа «Лифт <стоит>»',
      'изменён шаблон ответа «Лифт»',
      'отозван шаблон ответа «Лифт»',
      'возвращён шаблон ответа «Лифт»',
    ]);
  });

  it('narrow the list to a topic and a network', async () => {
    const [housing, roads] = [await created('Дома'), await created('Ещё дома')];
    const found = await as('minzdrav').get('/templates?topic=housing&network=vk');
    expect(found.html).to.contain(housing).and.contain(roads).and.contain('Сделано');
    const other = await as('minzdrav').get('/templates?topic=roads&network=vk');
    expect(other.html).not.to.contain(housing);
    expect(other.html).to.contain('Яма на дороге').and.not.contain('Коротко, для Twitter');
  });

  const WRONG: [string, Record<string, string>, string][] = [
    ['no title', { title: ' ' }, 'Назовите шаблон'],
    ['no text', { text: '' }, 'Напишите текст'],
    ['a long text', { text: 'я'.repeat(2_001) }, '2000'],
    ['an unknown topic', { topic: 'nonsense' }, 'выберите её из списка'],
    ['an unknown network', { network: 'myspace' }, 'выберите её из списка'],
  ];
  for (const [what, fields, why] of WRONG) {
    it(`refuse ${what} and keep what was typed`, async () => {
      const before = await current();
      const sent = await as('curator').submit(
        '/templates/new',
        { ...FIELDS, ...fields },
        '/templates',
      );
      expect(sent.status).to.equal(400);
      expect(sent.html).to.contain(why).and.contain('role="alert"');
      if (fields['title'] === undefined) expect(sent.html).to.contain('Лифт &lt;стоит&gt;');
      expect(await current()).to.deep.equal(before);
    });
  }

  it('know no template that is not there', async () => {
    for (const id of ['nowhere', '6f1f5d4e-0000-4000-8000-000000000000']) {
      expect((await as('curator').get(`/templates/${id}`)).status).to.equal(404);
    }
  });
});
