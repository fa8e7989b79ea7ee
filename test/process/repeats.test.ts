import { expect } from 'chai';
import { act } from '../system/act.ts';
import { atReview, inWork } from '../system/stages.ts';

const REPLY = 'wall.createComment';
const ANSWER = 'Фонари во дворе дома 7 заменены 24 ноября.';

describe('A repeat', () => {
  const given = act();
  afterEach(() => given.system.sandbox.vk.calm());

  it('is proposed, chosen and answered with its original’s answer, under each post once (clauses 2, 8)', async () => {
    const { city, otklik, curator, inbox, system } = given;
    const words = `Во дворе дома 7 на улице Кирова не горят фонари, темно и страшно ${Date.now()}`;
    const { message: original, post } = await atReview(given, ANSWER, words);
    const posts = [city.writes(`${words}!`), city.writes(`${words}, ау`), city.writes(words)];
    const [waiting, byHand, late] = [
      await otklik.detected(posts[0]!),
      await otklik.detected(posts[1]!),
      await otklik.detected(posts[2]!),
    ];

    const form = await curator.sees(waiting, 'triage');
    expect(form.see('likelyRepeats'))
      .to.contain('тот же текст')
      .and.contain('состояние: на проверке');
    const options = form.see('repeatOptions') as { value: string }[];
    expect(options.map(({ value }) => value)).to.include(original.id);
    const linked = { decision: 'duplicate', repeatOf: original.id, answerHere: true };
    await curator.triages(waiting, linked);
    await curator.triages(byHand, linked);
    await otklik.until('both wait', byHand, () => byHand.passed().includes('repeat-outcome'));
    expect(await waiting.row()).to.include({ status: 'duplicate', finishedAt: null });

    await curator.publishes(original);
    await otklik.ended(original);
    await otklik.ended(waiting);
    await otklik.ended(byHand);
    await curator.triages(late, linked);
    await otklik.ended(late);

    for (const each of [post, ...posts]) {
      expect(each.replies().map(({ text }) => text)).to.deep.equal([ANSWER]);
    }
    for (const each of [waiting, byHand, late]) {
      expect(await each.row()).to.include({ status: 'answered', duplicateOf: original.id });
      expect(await each.publications()).to.have.length(1);
      expect((await each.history()).join()).to.contain('взят ответ основного сообщения');
    }
    expect(await inbox.of('curator', 'Ответ под повтором не размещён')).to.be.empty;

    const refused = await otklik.detected(city.writes(`${words}?`));
    system.sandbox.vk.behaviour({ kind: 'captcha', method: REPLY, times: 1 });
    await curator.triages(refused, linked);
    await curator.sees(refused, 'publish-manually');
    const notices = await inbox.of('curator', refused.url, 'не размещён');
    expect(notices).to.have.length(1);
    await curator.publishesByHand(refused, `${refused.url}?reply=999`);
    await otklik.ended(refused);
    expect(await refused.row()).to.include({ status: 'answered' });
  });

  it('goes back to the curator when its original ends without an answer (clause 2)', async () => {
    const { city, otklik, curator } = given;
    const { message: original } = await atReview(given);
    const repeat = await otklik.detected(city.writes('Тоже нет отопления, второй день.'));
    const task = await curator.sees(repeat, 'triage');
    await curator.triages(repeat, { decision: 'duplicate', duplicateOf: original.url });
    await otklik.until('it waits', repeat, () => repeat.passed().includes('repeat-outcome'));
    await curator.reviews(original, { decision: 'close', remarks: 'Житель получил ответ лично.' });
    await otklik.ended(original);

    const again = await otklik.refused(task);
    expect(again.see('likelyRepeats')).to.contain('закончилась без ответа');
    expect(await repeat.row()).to.include({ status: 'triage', duplicateOf: null });
    const other = { decision: 'duplicate', duplicateOf: original.url, answerHere: true };
    await curator.triages(repeat, other);
    expect((await otklik.refused(again)).see('inputError')).to.contain('размещать нечего');
    await curator.triages(repeat, { ...other, answerHere: false });
    await otklik.ended(repeat);
    expect(await repeat.row()).to.include({ status: 'duplicate', duplicateOf: original.id });
  });

  it('goes back to the curator when its original is withdrawn, unless it was withdrawn itself (clauses 2, 8)', async () => {
    const { city, otklik, curator, executor, inbox } = given;
    const { message: original, post: withdrawn } = await inWork(given);
    const posts = ['У нас тоже нет отопления.', 'И в соседнем доме.'].map((text) =>
      city.writes(text),
    );
    const [waiting, gone] = [await otklik.detected(posts[0]!), await otklik.detected(posts[1]!)];
    const task = await curator.sees(waiting, 'triage');
    for (const repeat of [waiting, gone]) {
      await curator.triages(repeat, { decision: 'duplicate', duplicateOf: original.url });
      await otklik.until('it waits', repeat, () => repeat.passed().includes('repeat-outcome'));
    }
    await curator.withdraws(gone, 'Житель попросил не отвечать.');
    await otklik.ended(gone);
    await curator.withdraws(original, 'Житель удалил жалобу сам.');
    await otklik.ended(original);

    const again = await otklik.refused(task);
    expect(again.see('likelyRepeats')).to.contain('закончилась без ответа');
    expect(await waiting.row()).to.include({ status: 'triage', duplicateOf: null });
    expect(await waiting.history()).to.include(
      'система: основное сообщение осталось без ответа: повтор возвращён куратору',
    );
    expect(await gone.row()).to.include({ status: 'withdrawn', duplicateOf: original.id });
    expect(await inbox.of('minzhkh-priem', original.url, 'снято с рассмотрения')).to.have.length(1);

    await curator.triages(waiting);
    await executor('minzhkh').drafts(waiting, 'Отопление включено.');
    await curator.publishes(waiting);
    await otklik.ended(waiting);
    const replies = [withdrawn, ...posts].map((each) => each.replies().map(({ text }) => text));
    expect(replies).to.deep.equal([[], ['Отопление включено.'], []]);
  });
});
