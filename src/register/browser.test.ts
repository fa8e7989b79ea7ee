import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { seriousFaults } from '../../test/axe.ts';
import { signInAt, watchFor } from '../../test/browser-page.ts';
import { haveAccounts, openPages, type Pages } from '../../test/pages.ts';
import { engineTime, openStage, type Stage } from '../../test/stage.ts';
import { aToldMessage } from '../../test/told-message.ts';
import { buildAssets } from '../dashboard/assets.ts';
import { compileMonthlyData } from '../report/compile-monthly-data.ts';

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

describe('Register and monthly data in a browser', () => {
  let stage: Stage;
  let pages: Pages;
  let browser: Browser;
  let page: Page;
  let shortcomingId: string;
  const problems: string[] = [];
  before(async () => {
    await buildAssets();
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'curator');
    await aToldMessage(stage);
    ({ shortcomingId } = await aToldMessage(stage));
    const month = { month: '2025-11', at: engineTime('2025-12-01T09:00') };
    await stage.twice(compileMonthlyData(stage), month);
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
    expect(problems).to.be.empty;
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`have no serious fault by axe and fit: ${size}, ${colorScheme}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const one = `/shortcomings/${shortcomingId}`;
        const paths = ['/shortcomings', one, `${one}/notice`, '/reports', '/reports/2025-11'];
        for (const path of paths) {
          await page.goto(pages.url + path);
          expect(await seriousFaults(page), path).to.deep.equal([]);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect(width, path).to.equal(viewport.width);
          const shots = process.env['OTKLIK_TEST_SCREENSHOTS'];
          const name = path.replace(/[^a-z]+/g, '-');
          if (shots) {
            await page.screenshot({
              path: `${shots}/r${name}-${size}-${colorScheme}.png`,
              fullPage: true,
            });
          }
        }
      });
    }
  }

  it('lead from the section in the head to a shortcoming, which the curator takes back', async () => {
    await page.setViewportSize(SIZES.wide);
    await page.goto(pages.url);
    await page.getByRole('link', { name: 'Недостатки', exact: true }).click();
    await page.getByLabel('Состояние').selectOption('open');
    await page.getByRole('button', { name: 'Показать' }).click();
    expect(new URL(page.url()).searchParams.get('state')).to.equal('open');
    await page.locator(`a[href="/shortcomings/${shortcomingId}"]`).click();
    await page.getByLabel('Основания').fill('Сбой связи подтверждён.');
    await page.getByRole('button', { name: 'Снять недостаток' }).click();
    await page.getByText('Снят куратором').first().waitFor();
    await page.getByText('Сбой связи подтверждён.').first().waitFor();
  });
});
