import { expect } from 'chai';
import { act } from '../system/act.ts';
import { inWork } from '../system/stages.ts';

describe('A message for several agencies', () => {
  const given = act();

  it('gets one common answer; only the part sent back is reworked (clauses 4, 8, 9, 10)', async () => {
    const { otklik, curator, executor, inbox, system } = given;
    const { message, post } = await inWork(given, ['minzhkh', 'mintrans']);
    expect(await inbox.of('minzhkh-priem', message.url)).to.have.length(1);
    const calls = () =>
      system.sandbox.hooks
        .messages('mintrans')
        .filter(({ body }) => JSON.stringify(body).includes(message.url));
    expect(calls()).to.have.length(1);

    await executor('minzhkh').drafts(message, 'Теплотрасса починена.');
    await executor('mintrans').drafts(message, 'Дорога открыта.');
    const parts = await curator.sees(message, 'compose-answer');
    expect(parts.see('partsText')).to.contain('Теплотрасса починена').and.contain('Дорога открыта');
    await curator.composes(message, 'Теплотрасса починена. Дорога открыта.');
    await curator.sendsBack(message, ['mintrans'], 'С какого числа открыта дорога?');
    await executor('mintrans').reworks(message, 'Дорога открыта 24 ноября.');

    const again = await curator.sees(message, 'compose-answer');
    expect(again.see('partsText')).to.contain('Дорога открыта 24 ноября');
    await curator.composes(message, 'Теплотрасса починена. Дорога открыта 24 ноября.');
    await curator.publishes(message);
    await otklik.ended(message);

    expect(post.replies().map(({ text }) => text)).to.deep.equal([
      'Теплотрасса починена. Дорога открыта 24 ноября.',
    ]);
    expect(await message.publications()).to.have.length(1);
    expect(await message.assignment('minzhkh')).to.include({ reworkRounds: 0 });
    expect(await message.assignment('mintrans')).to.include({ reworkRounds: 1 });
    expect(await message.drafts('minzhkh')).to.have.length(1);
    expect(await message.drafts('mintrans')).to.have.length(2);
    await inbox.of('curator');
    expect(calls()).to.have.length(2);
    expect(await inbox.of('minzhkh-priem', message.url)).to.have.length(1);
  });
});
