import { expect } from 'chai';
import { MessageEntity } from '../../src/db/entities/message.ts';
import { importRegion } from '../../src/registry/import.ts';
import { regionIn } from '../../src/registry/load.ts';
import { act } from '../system/act.ts';
import { eventually } from '../system/wait.ts';
import { inWork } from '../system/stages.ts';

describe('Whatever comes twice or stops in the middle', () => {
  const given = act();

  it('a post has one message and one process, however often it is found or started (clause 2)', async () => {
    const { city, otklik, curator, system } = given;
    const { view, engine, db } = system;
    const post = city.writes('Нет отопления.');
    const message = await otklik.detected(post);
    const start = () =>
      engine.publishMessage({
        name: 'message-detected',
        correlationKey: message.id,
        timeToLive: 0,
        variables: { messageId: message.id },
      });
    await start();
    await curator.triages(message, { decision: 'not-relevant', reason: 'Проверка.' });
    await otklik.ended(message);
    expect(view.instancesWith('messageId', message.id)).to.deep.equal([message.instance]);

    await start();
    const second = await eventually('the second process', async () => {
      await view.look();
      return view.instancesWith('messageId', message.id).find((key) => key !== message.instance);
    });
    await eventually('the second process to end', async () => {
      await view.look();
      return view.hasEnded(second);
    });
    expect(view.passed(second)).to.include('already-in-work').and.not.include('triage');
    expect(await message.row()).to.include({
      status: 'not-relevant',
      processInstanceKey: message.instance,
    });
    expect(await db.getRepository(MessageEntity).countBy({ url: post.url })).to.equal(1);
  });

  it('the application goes on where it stopped, and misses no post (clauses 2, 7, 8)', async () => {
    const { city, otklik, curator, executor, clock, system } = given;
    const { message, post } = await inWork(given);
    await system.stopApplication();
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    const submittedAt = clock.now().toJSDate();
    const meanwhile = city.writes('Пока никто не смотрел, отключили воду.');
    await clock.nudge(20 * 60_000);
    await system.startApplication();
    await curator.publishes(message);
    await otklik.ended(message);
    expect(post.replies()).to.have.length(1);
    expect((await message.drafts('minzhkh'))[0]).to.deep.include({ submittedAt });
    expect(await message.clock('draft')).to.deep.include({ stoppedAt: submittedAt });
    const found = await otklik.detected(meanwhile);
    await curator.triages(found, { decision: 'not-relevant', reason: 'Проверка.' });
    await otklik.ended(found);
  });

  it('new limits hold from the next assignment; deadlines in hand stay (clause 6)', async () => {
    const { otklik, curator, executor, clock, system } = given;
    const { message } = await inWork(given);
    const { dueAt } = await message.clock('draft');
    await system.region.edit('region.yaml', 'draft: PT8H', 'draft: PT4H');
    try {
      await importRegion(system.db, await regionIn(system.region.dir));
      const next = await inWork(given, ['gzhi']);
      expect(await next.message.clock('draft')).to.deep.include({
        limitDuration: 'PT4H',
        dueAt: clock.today('13:00').toJSDate(),
      });
      await clock.advanceTo(clock.today('17:00'));
      expect(await next.message.shortcomings()).to.have.length(1);
      expect(await message.clock('draft')).to.deep.include({ limitDuration: 'PT8H', dueAt });
      expect(await message.shortcomings()).to.be.empty;
    } finally {
      await system.region.edit('region.yaml', 'draft: PT4H', 'draft: PT8H');
      await importRegion(system.db, await regionIn(system.region.dir));
    }
    await executor('minzhkh').drafts(message, 'Отопление включено.');
    await curator.publishes(message);
    await otklik.ended(message);
    expect(await message.shortcomings()).to.be.empty;
  });
});
