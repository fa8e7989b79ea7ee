import { expect } from 'chai';
import { act } from '../system/act.ts';
import { inWork } from '../system/stages.ts';

describe('An author who edits the post meanwhile', () => {
  const given = act();

  it('changes the card, and everybody at work is told (clause 2)', async () => {
    const { otklik, curator, executor, inbox } = given;
    const { message, post } = await inWork(given);
    post.edit('Отопление дали, но нет горячей воды.');
    await otklik.until('the change to be recorded', message, () =>
      message.passed().includes('post-change-recorded'),
    );
    expect(await message.row()).to.include({
      text: 'Смоленск. Отопление дали, но нет горячей воды.',
    });
    const task = await executor('minzhkh').sees(message);
    expect(task.see('card')).to.contain('нет горячей воды').and.contain('Автор изменил сообщение');
    for (const address of ['curator', 'curator2', 'minzhkh-priem']) {
      const notices = await inbox.of(address, message.url, 'автор изменил сообщение');
      expect(notices, address).to.have.length(1);
    }
    expect(await message.history()).to.include('автор: автор изменил сообщение');
    await executor('minzhkh').drafts(message, 'Горячая вода будет завтра.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
  });
});
