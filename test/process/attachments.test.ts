import { expect } from 'chai';
import { phonePhoto, photo } from '../photos.ts';
import { callVk } from '../../sandbox/testing.ts';
import { act } from '../system/act.ts';
import { attachmentsPageAt } from '../system/attachments-page.ts';
import { inWork } from '../system/stages.ts';

const bytesAt = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(url)).arrayBuffer());

describe('Photos of an answer', () => {
  const given = act();

  it('go from the draft to the reply, without those that were removed (clauses 7, 8, 11)', async () => {
    const { otklik, curator, executor, system } = given;
    const { message, post } = await inWork(given);
    const task = await executor('minzhkh').sees(message);
    const { attachmentsLink } = task.see('assignment') as { attachmentsLink: string };
    const page = attachmentsPageAt(attachmentsLink);
    await page.adds('двор.jpg', phonePhoto('54.78N 32.04E', 1));
    await page.adds('лишнее.jpg', photo);
    await page.removes('лишнее.jpg');
    await executor('minzhkh').drafts(message, 'Отопление включено.');

    const review = await curator.sees(message, 'review-answer');
    expect(review.see('partsText')).to.contain('Фото и видео: 1 («двор&#46;jpg»)');
    expect(review.see('formatText')).to.contain('Под текстом: 1 («двор&#46;jpg»)');
    expect((await fetch(attachmentsLink)).status, 'the work has ended').to.equal(410);
    await curator.publishes(message);
    await otklik.ended(message);

    const [reply, ...more] = post.replies();
    expect(more).to.be.empty;
    expect(reply?.photos).to.have.length(1);
    const { response } = await callVk(system.sandbox, 'wall.getComments', {
      owner_id: post.post.owner_id,
      post_id: post.post.id,
    });
    const address = response.items[0]?.attachments[0]?.photo.sizes[0]?.url ?? '';
    expect(await bytesAt(address)).to.deep.equal(photo);
    const [publication] = await message.publications();
    expect(publication?.attachments.map(({ name }) => name)).to.deep.equal(['двор.jpg']);
  });

  it('are those of the reworked version, and what the curator changes is shown before it is published (clauses 8, 9, 11)', async () => {
    const { otklik, curator, executor } = given;
    const { message, post } = await inWork(given, ['minzhkh']);
    const first = await executor('minzhkh').sees(message);
    const link = (first.see('assignment') as { attachmentsLink: string }).attachmentsLink;
    await attachmentsPageAt(link).adds('старое.jpg', photo);
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.sendsBack(message, ['minzhkh'], 'Нужно свежее фото');

    const rework = await executor('minzhkh').sees(message, 'rework-draft');
    const again = rework.see('rework') as { attachmentsLink: string; attachmentsText: string };
    expect(again.attachmentsText).to.contain('старое');
    const page = attachmentsPageAt(again.attachmentsLink);
    await page.removes('старое.jpg');
    await page.adds('свежее.jpg', photo);
    await page.adds('ещё.jpg', photo);
    await executor('minzhkh').reworks(message, 'Отопление включено вчера.');

    const review = await curator.sees(message, 'review-answer');
    expect(review.see('formatText')).to.contain('Под текстом: 2').and.not.contain('старое');
    const { attachmentsLink } = review.see('review') as { attachmentsLink: string };
    await attachmentsPageAt(attachmentsLink).leavesOut('ещё.jpg');
    await curator.publishes(message);
    const shown = await otklik.refused(review);
    expect(shown.see('inputError')).to.contain('Фото и видео изменились');
    expect(shown.see('formatText')).to.contain('Под текстом: 1');
    expect(post.replies()).to.be.empty;
    await curator.publishes(message);
    await otklik.ended(message);

    expect(post.replies()).to.have.length(1);
    const [publication] = (await message.publications()).slice(-1);
    expect(publication?.attachments.map(({ name }) => name)).to.deep.equal(['свежее.jpg']);
    expect(post.replies()[0]?.photos).to.have.length(1);
    expect(
      (await message.drafts('minzhkh')).map(({ attachments }) => attachments.length),
    ).to.deep.equal([1, 2]);
  });
});
