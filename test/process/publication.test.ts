import { expect } from 'chai';
import { act } from '../system/act.ts';
import { atReview } from '../system/stages.ts';

const REPLY = 'wall.createComment';

describe('Publication', () => {
  const given = act();
  afterEach(() => given.system.sandbox.vk.calm());

  it('waits for the format: too long or unfinished is edited first (clause 11)', async () => {
    const { otklik, curator } = given;
    const { message, post } = await atReview(
      given,
      `Ответ: [указать дату]. ${'Да. '.repeat(1_200)}`,
    );
    const task = await curator.sees(message, 'review-answer');
    expect(task.see('formatOk')).to.be.false;
    expect(task.see('formatText'))
      .to.contain('Публиковать нельзя')
      .and.contain('длиннее, чем разрешает сеть')
      .and.contain('незаполненное место шаблона');
    await curator.publishes(message);
    const again = await otklik.refused(task);
    expect(again.see('inputError')).to.contain('формат сети не соблюдён');
    expect(post.replies()).to.be.empty;

    await curator.reviews(message, { decision: 'edit' });
    await curator.composes(message, 'Отопление включено 24 ноября.');
    expect((await curator.sees(message, 'review-answer')).see('formatOk')).to.be.true;
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies().map(({ text }) => text)).to.deep.equal(['Отопление включено 24 ноября.']);
    expect((await message.answers()).map(({ version }) => version)).to.deep.equal([1, 2]);
  });

  it('waits while the network is away and happens once (clause 8)', async () => {
    const { otklik, curator, system } = given;
    const { message, post } = await atReview(given);
    system.sandbox.vk.behaviour({ kind: 'down', method: REPLY });
    await curator.publishes(message);
    await otklik.until('two tries', message, () => system.view.tries(message.instance) >= 2, {
      nudging: true,
    });
    expect(post.replies()).to.be.empty;
    expect(await message.clock('review')).to.include({ stoppedAt: null });
    system.sandbox.vk.calm();
    await otklik.ended(message, { nudging: true });
    expect(post.replies()).to.have.length(1);
    expect(await message.row()).to.include({ status: 'answered' });
  });

  it('whose outcome is unknown is found by reading back: one reply (clause 8)', async () => {
    const { otklik, curator, system } = given;
    const { message, post } = await atReview(given);
    system.sandbox.vk.behaviour({ kind: 'cut-after', method: REPLY, times: 1 });
    await curator.publishes(message);
    await otklik.ended(message, { nudging: true });
    expect(post.replies()).to.have.length(1);
    const [publication, ...others] = await message.publications();
    expect(others).to.be.empty;
    expect(publication).to.include({ status: 'published', manual: false });
    expect(publication?.permalink).to.equal(
      system.sandbox.vk.permalink(post.post, post.replies()[0]?.id),
    );
  });

  it('that needs a person is done by hand; the link must lead under the post (clause 8)', async () => {
    const { otklik, curator, system, clock } = given;
    const { message, post } = await atReview(given);
    system.sandbox.vk.behaviour({ kind: 'captcha', method: REPLY, times: 1 });
    await curator.publishes(message);
    const task = await curator.sees(message, 'publish-manually');
    expect(task.see('manualReason')).to.contain('Разместить ответ автоматически не удалось');
    await curator.publishesByHand(message, 'https://ok.ru/group/1');
    const again = await otklik.refused(task);
    expect(again.see('inputError')).to.contain('в той же сети');
    const link = system.sandbox.vk.permalink(post.post, 777);
    await curator.publishesByHand(message, link);
    await otklik.ended(message);
    expect(await message.publications()).to.have.length(1);
    expect((await message.publications())[0]).to.deep.include({
      status: 'published',
      manual: true,
      permalink: link,
      publishedAt: clock.now().toJSDate(),
    });
    expect(await message.row()).to.include({ status: 'answered' });
  });

  it('that waits for a person ends when the post is deleted meanwhile (clause 8)', async () => {
    const { otklik, curator, system, clock } = given;
    const { message, post } = await atReview(given);
    system.sandbox.vk.behaviour({ kind: 'captcha', method: REPLY, times: 1 });
    await curator.publishes(message);
    await curator.sees(message, 'publish-manually');
    post.delete();
    await curator.findsGoneByHand(message, 'Автор удалил запись, пока ждали.');
    await otklik.ended(message);
    expect(await message.row()).to.include({
      status: 'closed',
      reason: 'Автор удалил запись, пока ждали.',
    });
    expect(await message.clock('review')).to.deep.include({ stoppedAt: clock.now().toJSDate() });
    expect((await message.publications()).map(({ status }) => status)).to.deep.equal(['gone']);
  });

  it('under a post that was deleted is for the curator to decide (clause 8)', async () => {
    const { otklik, curator, clock } = given;
    const { message, post } = await atReview(given);
    post.delete();
    await curator.publishes(message);
    const task = await curator.sees(message, 'decide-gone');
    expect(task.see('manualReason')).to.contain('Исходное сообщение удалено');
    await curator.decidesOnGone(message, { decision: 'close', note: 'Автор удалил запись.' });
    await otklik.ended(message);
    expect(await message.row()).to.include({ status: 'closed', reason: 'Автор удалил запись.' });
    expect(await message.clock('review')).to.deep.include({ stoppedAt: clock.now().toJSDate() });
    expect((await message.publications()).map(({ status }) => status)).to.deep.equal(['gone']);
  });
});
