import { expect } from 'chai';
import { AnswerEntity } from '../src/db/entities/answer.ts';
import { PublicationEntity } from '../src/db/entities/publication.ts';
import { ReviewDecisionEntity } from '../src/db/entities/review-decision.ts';
import { InputError } from '../src/errors.ts';
import type { Network } from '../src/networks/port.ts';
import { networksOf } from '../src/networks/registry.ts';
import { publishAnswer } from '../src/publish/publish-answer.ts';
import { answer, drafted, engineTime, openStage, type Stage } from './stage.ts';
import { openX, type XSandbox } from './x.ts';
import { vkAt } from './vk.ts';
import { checkFormat } from '../src/review/check-format.ts';
import { recordReview } from '../src/review/record-review.ts';

const LONG = Array.from(
  { length: 12 },
  (_, index) => `${index + 1}. Бригада выходит на улицу Ленина и заделывает выбоины.`,
).join(' ');

describe('A long answer', () => {
  let stage: Stage;
  let world: XSandbox;
  before(async () => {
    stage = await openStage();
    world = await openX();
  });
  after(async () => {
    await world.close();
    await stage.close();
  });

  async function asked(text: string) {
    const post = world.sandbox.x.post({ text: `${world.account} где ремонт?` });
    const externalId = post.versions[0]?.id ?? '';
    const over = { network: 'x', externalId, status: 'review' as const };
    const { messageId } = await drafted(stage.db, {}, over);
    return { messageId, externalId, answerId: await answer(stage.db, messageId, text) };
  }
  const decided = (messageId: string, answerId: string, decision: string) => ({
    messageId,
    answerId,
    formatOk: false,
    reviewDecision: { decision },
    at: engineTime('2026-11-24T12:50'),
  });

  it('is offered, shown, chosen and published as a thread where the network has threads (clause 11)', async () => {
    const { messageId, answerId, externalId } = await asked(LONG);
    const networks = networksOf(world.x);
    const shown = await stage.twice(checkFormat({ ...stage, networks }), { messageId, answerId });
    expect(shown).to.include({ formatOk: false, threadOffered: true });
    expect(shown)
      .to.have.property('formatText')
      .that.contains('сократите ответ или опубликуйте его цепочкой')
      .and.contains('Запись 1 из 3')
      .and.contains('Запись 3 из 3');

    const chosen = decided(messageId, answerId, 'thread');
    const output = await stage.twice(recordReview({ ...stage, networks }), chosen);
    expect(output).to.include({ reviewOutcome: 'publish' });
    const version = await stage.db.getRepository(AnswerEntity).findOneByOrFail({ id: answerId });
    expect(version.asThread).to.be.true;
    const [review] = await stage.db.getRepository(ReviewDecisionEntity).findBy({ messageId });
    expect(review?.decision).to.equal('publish');

    await stage.twice(publishAnswer({ ...stage, networks }), { messageId, answerId });
    const [first] = world.sandbox.x.answers(externalId);
    expect(first?.text).to.match(/ \(1\/3\)$/);
    const [publication] = await stage.db.getRepository(PublicationEntity).findBy({ messageId });
    expect(publication).to.include({ status: 'published', externalId: first?.id });
    expect(publication?.sent).to.have.length(3);
  });

  it('goes back to the curator with the reason where there are none, or none is needed', async () => {
    const refused = async (network: Network | null, text: string, over: object = {}) => {
      const { messageId } = await drafted(stage.db, {}, { status: 'review', ...over });
      const answerId = await answer(stage.db, messageId, text);
      const networks = network === null ? networksOf() : networksOf(network);
      const variables = { messageId, answerId };
      expect(await stage.twice(checkFormat({ ...stage, networks }), variables)).to.include({
        threadOffered: false,
      });
      const chosen = decided(messageId, answerId, 'thread');
      const error = await stage.failure(recordReview({ ...stage, networks }), chosen);
      expect(error).to.be.instanceOf(InputError);
      const version = await stage.db.getRepository(AnswerEntity).findOneByOrFail({ id: answerId });
      expect(version.asThread).to.be.false;
      return (error as Error).message;
    };
    const vk = vkAt('http://vk.example', { user: null, group: null });
    expect(await refused(vk, LONG.repeat(20))).to.contain('цепочек записей нет');
    expect(await refused(null, LONG)).to.contain('отключена');
    const x = { network: 'x' };
    expect(await refused(world.x, 'Яма заделана.', x)).to.contain('помещается');
    expect(await refused(world.x, `${LONG} [ФИО]`, x)).to.contain('незаполненное место');
  });
});
