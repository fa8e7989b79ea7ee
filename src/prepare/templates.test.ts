import { expect } from 'chai';
import { DraftEntity } from '../db/entities/draft.ts';
import { InputError } from '../errors.ts';
import { importRegion } from '../registry/import.ts';
import { regionIn } from '../registry/load.ts';
import type { TemplateOption } from '../templates/options.ts';
import { createTemplate, editTemplate, withdrawTemplate } from '../templates/save.ts';
import { allTemplates, templateById, versionsOf } from '../templates/template.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { engineTime, openStage, type Stage } from '../../test/stage.ts';
import { assignExecutor } from './assign-executor.ts';
import { recordDraft } from './record-draft.ts';

const CURATOR = { login: 'curator', name: 'Куратор' };

describe('Templates in the executor’s work (order, item 2)', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const offered = async (topic: string | null, network: string): Promise<TemplateOption[]> => {
    const messageId = await aMessage(stage, { topic, network });
    const output = await stage.twice(assignExecutor(stage), {
      messageId,
      agencyCode: 'minzdrav',
      at: engineTime('2026-11-24T09:00'),
    });
    expect(output).to.have.nested.property('assignment.templatesLink', stage.templatesLink);
    return (output as { templates: TemplateOption[] }).templates;
  };
  const labels = async (topic: string | null, network: string) =>
    (await offered(topic, network)).map(({ label }) => label);

  it('are offered by topic and network, the closest first, within what a form shows', async () => {
    const roads = await labels('roads', 'vk');
    expect(roads.slice(0, 2)).to.have.members(['Яма на дороге', 'Уборка снега и наледи']);
    expect(roads).to.include('Сделано').and.not.include('Коротко, для Twitter (X)');
    expect(await labels('roads', 'x')).to.include('Коротко, для Twitter (X)');
    expect(await labels(null, 'vk'))
      .to.include('Сделано')
      .and.not.include('Яма на дороге');
    const all = await offered('roads', 'x');
    expect(JSON.stringify(all).length).to.be.lessThan(8_000);
    expect(all[0]?.text).to.contain('&#91;');
    for (let n = 0; n < 9; n += 1) {
      const content = {
        title: `Длинный ${n}`,
        topic: 'sport',
        network: null,
        text: 'а'.repeat(2_000),
      };
      await createTemplate(stage.db.manager, content, CURATOR);
    }
    const many = await offered('sport', 'vk');
    expect(many.length).to.be.within(3, 12);
    expect(JSON.stringify(many).length).to.be.lessThan(8_000);
  });

  it('are recorded with version, draft and person, and counted', async () => {
    const manager = stage.db.manager;
    const content = {
      title: 'Каток',
      topic: 'youth',
      network: null,
      text: 'Каток открыт с [дата].',
    };
    const id = await createTemplate(manager, content, CURATOR);
    await editTemplate(manager, id, 1, { ...content, text: 'Каток открыт.' }, CURATOR);
    const messageId = await aMessage(stage, { topic: 'youth' });
    const { id: assignmentId } = await anAssignment(stage, messageId);
    await stage.twice(recordDraft(stage), {
      messageId,
      assignmentId,
      submission: { outcome: 'draft', text: 'Каток открыт с 1 декабря.', template: `${id}:1` },
      at: engineTime('2026-11-24T12:00'),
    });
    const draft = await stage.db.getRepository(DraftEntity).findOneByOrFail({ assignmentId });
    const uses = await stage.db.query<object[]>(
      'select * from template_use where template_id = $1',
      [id],
    );
    expect(uses).to.have.length(1);
    expect(uses[0]).to.include({ draft_id: draft.id, version: 1, used_by: 'minzdrav' });
    expect(await templateById(manager, id)).to.include({ uses: 1, version: 2 });
    expect((await versionsOf(manager, id)).map(({ uses: count }) => count)).to.deep.equal([0, 1]);
  });

  it('that do not exist are refused, and the draft waits', async () => {
    const [first] = await allTemplates(stage.db.manager);
    for (const template of ['nonsense', `${first!.id}:99`, `${first!.id}`]) {
      const messageId = await aMessage(stage);
      const { id: assignmentId } = await anAssignment(stage, messageId);
      const error = await stage.failure(recordDraft(stage), {
        messageId,
        assignmentId,
        submission: { outcome: 'draft', text: 'Ответ.', template },
        at: engineTime('2026-11-24T12:00'),
      });
      expect(error, template).to.be.instanceOf(InputError);
      expect(await stage.db.getRepository(DraftEntity).existsBy({ assignmentId })).to.be.false;
    }
  });

  it('of the region’s file are added once: what the curator changed or withdrew stays', async () => {
    const { db } = stage;
    const region = await regionIn('region/smolensk');
    const [changed, withdrawn] = await allTemplates(db.manager);
    const { topic, network } = changed!;
    const content = { title: 'Переписан', topic, network, text: 'Иначе.' };
    await editTemplate(db.manager, changed!.id, 1, content, CURATOR);
    await withdrawTemplate(db.manager, withdrawn!.id, true, CURATOR);
    const more = { code: 'brand-new', title: 'Новый', text: 'Текст.' };
    const report = await importRegion(db, { ...region, templates: [...region.templates, more] });
    expect(report.templates).to.deep.equal(['brand-new']);
    expect(await templateById(db.manager, changed!.id)).to.include({ title: 'Переписан' });
    expect((await templateById(db.manager, withdrawn!.id))?.withdrawnAt).not.to.equal(null);
    expect((await importRegion(db, region)).templates).to.deep.equal([]);
  });
});
