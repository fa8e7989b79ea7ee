import { expect } from 'chai';
import { act } from '../system/act.ts';

describe('What the curator takes off', () => {
  const given = act();

  it('is not relevant, with a reason; a duplicate refers to its original (clause 2)', async () => {
    const { city, otklik, curator, clock } = given;
    const [advert, first, second] = [
      await otklik.detected(city.writes('Продам гараж.')),
      await otklik.detected(city.writes('Яма на улице Ленина.')),
      await otklik.detected(city.writes('Опять яма на улице Ленина.')),
    ];
    await curator.triages(advert, { decision: 'not-relevant', reason: 'Объявление.' });
    await curator.triages(second, {
      decision: 'duplicate',
      duplicateOf: first.url,
      answerHere: false,
    });
    for (const message of [advert, second]) await otklik.ended(message);
    const finishedAt = clock.now().toJSDate();
    expect(await advert.row()).to.deep.include({
      status: 'not-relevant',
      reason: 'Объявление.',
      finishedAt,
    });
    expect(await second.row()).to.deep.include({
      status: 'duplicate',
      duplicateOf: first.id,
      finishedAt,
    });
    expect(await advert.assignments()).to.be.empty;
    expect(await first.row()).to.include({ status: 'triage' });
  });

  it('stops every clock when a message is withdrawn, and the executor is told (clauses 4, 6)', async () => {
    const { city, otklik, curator, executor, clock, inbox } = given;
    const message = await otklik.detected(city.writes('Нет отопления.'));
    const proposal = String((await curator.sees(message, 'triage')).see('proposal'));
    const link = /\((http[^)]+)\)/.exec(proposal)?.[1] ?? '';
    await curator.triages(message);
    const card = String((await executor('minzhkh').sees(message)).see('card'));
    const viewOnly = /(http:[^)>]+\/messages\/[^)>]+)/.exec(card)?.[1] ?? '';
    await clock.advanceTo(clock.today('12:00'));

    const body = new URLSearchParams({ reason: 'Житель удалил жалобу сам.' });
    expect((await fetch(viewOnly, { method: 'POST', body })).status).to.equal(403);
    expect(message.hasEnded()).to.be.false;
    expect((await fetch(link, { method: 'POST', body })).status).to.equal(200);
    await otklik.ended(message);

    expect(await message.row()).to.include({
      status: 'withdrawn',
      reason: 'Житель удалил жалобу сам.',
    });
    expect(await message.clock('draft')).to.deep.include({ stoppedAt: clock.now().toJSDate() });
    expect(await message.assignment('minzhkh')).to.include({ status: 'dropped' });
    const notices = await inbox.of('minzhkh-priem', message.url, 'снято с рассмотрения');
    expect(notices).to.have.length(1);
    await clock.advanceTo(clock.today('19:00'));
    expect(await message.shortcomings()).to.be.empty;
  });

  it('is reminded of a message that waits for triage (clause 2)', async () => {
    const { city, otklik, curator, clock, inbox } = given;
    const message = await otklik.detected(city.writes('Нет отопления.'));
    await curator.sees(message, 'triage');
    await clock.advanceTo(clock.today('10:00'));
    expect(await inbox.of('curator', message.url, 'ждёт рассмотрения')).to.have.length(1);
    await clock.advanceTo(clock.today('12:00'));
    await curator.triages(message, { decision: 'not-relevant', reason: 'Проверка.' });
    await otklik.ended(message);
    expect(await inbox.of('curator', message.url, 'ждёт рассмотрения')).to.have.length(1);
  });
});
