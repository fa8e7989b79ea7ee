import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { seriousFaults } from '../../test/axe.ts';
import { aMessage } from '../../test/builders.ts';
import { signInAt, watchFor } from '../../test/browser-page.ts';
import { haveAccounts, openPages, type Pages } from '../../test/pages.ts';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import { aToldMessage } from '../../test/told-message.ts';
import { buildAssets } from '../dashboard/assets.ts';
import { recordPassed } from '../db/process-path.ts';

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

describe('The message’s page in a browser', () => {
  let stage: Stage;
  let pages: Pages;
  let browser: Browser;
  let page: Page;
  let address: string;
  const problems: string[] = [];
  before(async () => {
    await buildAssets();
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'curator');
    const { messageId } = await aToldMessage(stage);
    address = `${pages.url}/messages/${messageId}`;
    browser = await openChromium();
    page = await browser.newPage({ viewport: SIZES.wide });
    watchFor(problems, page);
    await signInAt(page, pages.url, 'curator');
  });
  after(async () => {
    await browser.close();
    await pages.close();
    await stage.close();
  });
  afterEach(() => {
    expect(problems).to.eql([]);
  });
  const open = async () => {
    await page.goto(address);
    await page.locator('#process[data-drawn]').waitFor();
  };

  it('draws the process, read-only, with passed and current elements marked, also in words', async () => {
    await open();
    const marked = async (kind: string) => {
      const shapes = await page.locator(`#process g.djs-element.${kind}`).all();
      return Promise.all(shapes.map((shape) => shape.getAttribute('data-element-id')));
    };
    expect(await marked('current')).to.deep.equal(['rework-draft']);
    expect(await marked('passed')).to.include.members(['triage', 'record-draft', 'review-answer']);
    expect(await marked('passed')).not.to.include('publish-answer');
    expect(await page.locator('#process .now').innerText()).to.equal('сейчас');
    expect(await page.getByText(/^Сейчас:/).innerText()).to.contain('Доработать проект');
    await page.getByText(/^Пройденные шаги списком/).click();
    await page.getByRole('listitem').getByText('Рассмотреть сообщение').first().waitFor();
    // The licence of bpmn.io wants its mark to be seen.
    expect(await page.locator('#process .bjs-powered-by').isVisible()).to.be.true;
    const scale = () => page.locator('#process .viewport').getAttribute('transform');
    const near = await scale();
    await page.getByRole('button', { name: 'Вся схема' }).click();
    expect(await scale()).not.to.equal(near);
    await page.getByRole('button', { name: 'К текущему шагу' }).click();
    expect(await scale()).to.equal(near);
  });

  it('shows where finished work ended', async () => {
    const processInstanceKey = '2251799813685999';
    const finishedAt = msk('2026-11-24T15:00');
    const id = await aMessage(stage, { processInstanceKey, status: 'answered', finishedAt });
    await recordPassed(
      stage.db.manager,
      [
        'claim-message',
        'record-triage',
        'record-draft',
        'publish-answer',
        'record-publication',
      ].map((elementId) => ({ processInstanceKey, elementId })),
    );
    await page.goto(`${pages.url}/messages/${id}`);
    await page.locator('#process[data-drawn]').waitFor();
    await page.getByText('Работа закончена.').waitFor();
    const sheet = await page.locator('#process .sheet').boundingBox();
    const end = await page.locator('#process [data-element-id="answered"]').first().boundingBox();
    expect(end!.x).to.be.within(sheet!.x, sheet!.x + sheet!.width);
    expect(end!.y).to.be.within(sheet!.y, sheet!.y + sheet!.height);
    expect(await page.getByRole('button', { name: 'К последнему шагу' }).isVisible()).to.be.true;
  });

  it('shows what a version changed, word by word', async () => {
    await open();
    const changed = page.locator('blockquote.changed');
    expect(await changed.locator('del').allTextContents()).to.deep.equal([
      ' удалено: пятницы конец удалённого ',
    ]);
    expect((await changed.locator('ins').allInnerTexts()).join()).to.contain('полностью');
    await page.getByText('Замечания куратора: Укажите точную дату').waitFor();
  });

  it('shows tasks and process of the message where they are worked on', async () => {
    await open();
    const key = /processInstanceKey=(\d+)$/.exec(
      (await page.getByRole('link', { name: 'Задачи в Tasklist' }).getAttribute('href')) ?? '',
    )?.[1];
    expect(
      await page.getByRole('link', { name: 'Процесс в Operate' }).getAttribute('href'),
    ).to.equal(`http://tasklist.example/operate/processes/${key}`);
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no serious fault by axe and fits: ${size}, ${colorScheme}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await open();
        for (const summary of await page.locator('summary').all()) await summary.click();
        const shots = process.env['OTKLIK_TEST_SCREENSHOTS'];
        if (shots) {
          await page.screenshot({
            path: `${shots}/message-${size}-${colorScheme}.png`,
            fullPage: true,
          });
        }
        expect(await seriousFaults(page)).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(
          viewport.width,
        );
      });
    }
  }
});
