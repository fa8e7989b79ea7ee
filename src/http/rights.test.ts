import { expect } from 'chai';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll, tokenOf } from '../../test/people.ts';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';

describe('Who may see and do what on the pages', () => {
  let stage: Stage;
  let pages: Pages;
  let own: string;
  let foreign: string;
  let unassigned: string;
  let finished: string;
  let as: (login: string) => Visitor;

  /** Login, and what a message of the Ministry of Health, of another agency, of none are to them. */
  const TABLE = [
    // login, role, own, foreign, unassigned, may withdraw
    ['minzdrav', 'executor', 200, 404, 404, false],
    ['vice-social', 'deputy governor', 200, 404, 404, false],
    ['curator', 'curator', 200, 200, 200, true],
    ['head', 'department head', 200, 200, 200, false],
    ['governor', 'governor', 200, 200, 200, false],
    ['admin', 'administrator', 404, 404, 404, false],
  ] as const;

  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    [own, foreign, unassigned] = [
      await aMessage(stage),
      await aMessage(stage),
      await aMessage(stage),
    ];
    await anAssignment(stage, own, 'minzdrav');
    await anAssignment(stage, foreign, 'mintrans');
    finished = await aMessage(stage, { status: 'answered', finishedAt: msk('2026-11-24T12:00') });
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
  beforeEach(() => {
    pages.published.length = 0;
  });

  it('shows what a message replies to and repeats, with links for those who signed in', async () => {
    const text = 'Обещали <уже> летом!';
    const [followUp, repeat] = [
      await aMessage(stage, { followUpOf: finished, text }),
      await aMessage(stage, { duplicateOf: finished, status: 'answered' }),
    ];
    const { html } = await as('curator').get(`/messages/${finished}`);
    expect(html).to.contain('Ответы на наш ответ').and.contain('Обещали &lt;уже&gt; летом!');
    expect(html).to.contain('Повторы этого сообщения');
    for (const id of [followUp, repeat]) expect(html).to.contain(`href="/messages/${id}"`);
    const reply = await as('curator').get(`/messages/${followUp}`);
    expect(reply.html).to.contain('предыдущее сообщение').and.contain(finished);
    expect((await as('curator').get(`/messages/${repeat}`)).html).to.contain('основное сообщение');
  });

  for (const [login, role, ofOwn, ofForeign, ofUnassigned, withdraws] of TABLE) {
    describe(`${role} (${login})`, () => {
      it('opens the start page, the password page and the way out', async () => {
        for (const path of ['/', '/password', '/sign-out']) {
          expect((await as(login).get(path)).status, path).to.equal(200);
        }
      });

      it(`finds a message of their agency ${ofOwn}, another ${ofForeign}, one of none ${ofUnassigned}`, async () => {
        const found = [own, foreign, unassigned].map((id) => as(login).get(`/messages/${id}`));
        const statuses = (await Promise.all(found)).map(({ status }) => status);
        expect(statuses).to.deep.equal([ofOwn, ofForeign, ofUnassigned]);
      });

      it(`${withdraws ? 'withdraws' : 'does not withdraw'} a message`, async () => {
        const seen = await as(login).get(`/messages/${own}`);
        expect(seen.html.includes('Снять с рассмотрения')).to.equal(withdraws);
        const token = await tokenOf(as(login));
        const reason = 'Автор попросил снять';
        const sent = await as(login).post(`/messages/${own}`, { token, reason });
        expect(sent.status).to.equal(withdraws ? 200 : ofOwn === 404 ? 404 : 403);
        expect(pages.published.map(({ name }) => name)).to.deep.equal(
          withdraws ? ['message-withdrawn'] : [],
        );
      });

      it('finds no message that is not there, whatever is asked', async () => {
        for (const id of ['7b8dd6ab-27f2-4c07-a74b-9d8b4b1d2f1e', 'x', '%00', "'"]) {
          const visit = await as(login).get(`/messages/${id}`);
          expect(visit.status, id).to.equal(404);
          expect(visit.html).to.contain('Сообщение не найдено');
        }
      });
    });
  }

  it('nobody who has not signed in sees or withdraws anything', async () => {
    const visitor = pages.visitor();
    for (const id of [own, 'x']) {
      const visit = await visitor.get(`/messages/${id}`);
      expect([visit.status, visit.location]).to.deep.equal([
        303,
        `/sign-in?to=${encodeURIComponent(`/messages/${id}`)}`,
      ]);
      expect((await visitor.post(`/messages/${id}`, { reason: 'abcdef' })).status).to.equal(401);
    }
    expect(pages.published).to.be.empty;
  });

  it('a foreign page cannot withdraw in the curator’s name', async () => {
    const token = await tokenOf(as('head'));
    for (const fields of [{}, { token: '' }, { token }]) {
      const sent = await as('curator').post(`/messages/${own}`, { reason: 'abcdef', ...fields });
      expect(sent.status).to.equal(403);
    }
    expect(pages.published).to.be.empty;
  });

  it('the curator’s withdrawal says in the history who asked for it', async () => {
    const reason = 'Повторное обращение';
    await as('curator').submit(`/messages/${foreign}`, { reason }, '');
    const { html } = await as('curator').get(`/messages/${foreign}`);
    expect(html).to.contain(`просит снять с рассмотрения: ${reason}`);
    expect(html).to.contain('Начальник отдела мониторинга социальных сетей');
    const late = await as('curator').get(`/messages/${finished}`);
    expect(late.html).not.to.contain('Снять с рассмотрения');
  });

  describe('by a signed link', () => {
    it('everything goes on without sign-in, also for people who signed in otherwise', async () => {
      for (const visitor of [pages.visitor(), as('minzdrav'), as('admin')]) {
        const seen = await visitor.get(pages.links.link(foreign));
        expect(seen.status).to.equal(200);
        expect(seen.html).not.to.contain('Снять с рассмотрения');
        const link = pages.links.link(foreign, 'curate');
        const sent = await visitor.submit(link, { reason: 'По ссылке из задачи' }, '');
        expect(sent.status).to.equal(200);
      }
      expect(pages.published).to.have.length(3);
    });

    it('the head of the page shows nobody’s name to whoever did not sign in', async () => {
      const { html } = await pages.visitor().get(pages.links.link(foreign));
      expect(html).to.contain('<header>').and.not.to.contain('Выйти').and.not.to.contain('<nav');
    });
  });

  it('each look at an author’s data is in the audit, once a day for a person and a message', async () => {
    const id = await aMessage(stage);
    for (const visitor of [as('curator'), as('curator'), as('head')]) {
      await visitor.get(`/messages/${id}`);
    }
    await pages.visitor().get(pages.links.link(id));
    await as('minzdrav').get(`/messages/${id}`);
    const lines = await stage.db.getRepository(AuditEntryEntity).find({ order: { id: 'ASC' } });
    const views = lines.filter(({ details }) => details['message'] === id);
    expect(views.map(({ details }) => details['login'] ?? details['address'])).to.deep.equal([
      'curator',
      'head',
      '127.0.0.1',
    ]);
    const page = await as('curator').get(`/messages/${id}`);
    expect(page.html).not.to.contain('просмотр сообщения');
  });

  it('follows from the registry at once: another executor, another deputy governor', async () => {
    const change = (column: string, login: string) =>
      stage.db.query(`update agency set ${column} = $1 where code = 'mintrans'`, [login]);
    await change('executor', 'minzdrav');
    await change('supervisor', 'vice-social');
    for (const login of ['minzdrav', 'vice-social']) {
      expect((await as(login).get(`/messages/${foreign}`)).status, login).to.equal(200);
    }
    await change('executor', 'mintrans');
    await change('supervisor', 'vice-infrastructure');
    expect((await as('minzdrav').get(`/messages/${foreign}`)).status).to.equal(404);
  });
});
