import { expect } from 'chai';
import { IsNull, Not } from 'typeorm';
import { SurgeEntity } from '../../src/db/entities/surge.ts';
import { UrgentReportEntity } from '../../src/db/entities/urgent-report.ts';
import { act } from '../system/act.ts';
import { setSurge } from '../system/process-region.ts';
import { eventually } from '../system/wait.ts';

describe('A surge of posts', () => {
  const given = act();
  afterEach(async () => {
    const { system, departmentHead } = given;
    await setSurge(system, { least: 10_000 });
    // What other tests' citizens wrote was a surge to it as well: no reminder of that is left.
    const open = { surgeId: Not(IsNull()), status: 'open' as const };
    for (const { id } of await system.db.getRepository(UrgentReportEntity).findBy(open)) {
      await departmentHead.decides(id, { decision: 'reject', note: 'Это другая проверка.' });
    }
    await system.steady();
  });

  it('is found, put before the department head and mailed to the Governor with its chart (clause 15)', async () => {
    const { city, otklik, departmentHead, inbox, system, clock } = given;
    await setSurge(system, { least: 3, times: 2 });
    const posts = ['Нет интернета', 'Третий день без интернета', 'Интернет пропал во всём доме']
      .flatMap((text) => [text, `${text}!`])
      .map((text) => city.writes(`Угра: ${text}.`));
    for (const post of posts) await otklik.detected(post);
    const surges = system.db.getRepository(SurgeEntity);
    const surge = await eventually('the surge to be found', () =>
      surges.findOneBy({ topic: 'digital' }),
    );
    expect(surge).to.include({ count: 6 });
    const reports = system.db.getRepository(UrgentReportEntity);
    const { id } = await reports.findOneByOrFail({ surgeId: surge.id });
    const task = await departmentHead.sees(id);
    expect(task.assignee).to.equal('head');
    const shown = String(task.see('urgentText'));
    expect(shown).to.contain('6 сообщений о связи и интернете');
    for (const { url } of posts) expect(shown).to.contain(url);
    const [, link = ''] = /\[График[^\]]*\]\(<(http[^>]+)>\)/.exec(shown) ?? [];
    const page = await fetch(link);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.contain('data:image/png;base64,');

    const decidedAt = clock.now();
    await departmentHead.decides(id, { decision: 'confirm', note: 'Провайдер извещён.' });
    await system.steady();
    const sent = await inbox.of('governor', 'о всплеске сообщений');
    expect(sent).to.have.length(1);
    expect(sent[0]?.text).to.contain('Провайдер извещён.');
    for (const { url } of posts) expect(sent[0]?.text).to.contain(url);
    expect(sent[0]?.attachments).to.have.length(1);
    expect(sent[0]?.attachments[0]).to.include({
      filename: 'vsplesk.png',
      contentType: 'image/png',
    });
    const chart = await fetch(`${system.sandbox.url}/mail/${sent[0]?.id}/attachments/0`);
    expect(Buffer.from(await chart.arrayBuffer()).toString('latin1', 1, 4)).to.equal('PNG');
    expect(await reports.findOneByOrFail({ id })).to.deep.include({
      status: 'sent',
      sentAt: decidedAt.toJSDate(),
    });

    await system.stopApplication();
    await system.startApplication();
    await otklik.detected(city.writes('Угра: снова нет интернета.'));
    await eventually('the surge to go on', async () => {
      const { lastRaisedAt } = await surges.findOneByOrFail({ id: surge.id });
      return lastRaisedAt > surge.lastRaisedAt;
    });
    expect(await reports.countBy({ surgeId: surge.id })).to.equal(1);
    expect(await surges.countBy({ topic: 'digital' })).to.equal(1);
  });
});
