import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import { seriousFaults } from '../../../test/axe.ts';
import { signInAt } from '../../../test/browser-page.ts';
import { aMessage } from '../../../test/builders.ts';
import { haveAccounts, openPages, type Pages } from '../../../test/pages.ts';
import { openStage, type Stage } from '../../../test/stage.ts';
import { databaseNow } from '../../db/now.ts';
import { detectSurges } from '../../urgent/surge/detect.ts';

describe('Registry and urgent reports in a browser', () => {
  let stage: Stage;
  let pages: Pages;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'admin', 'head');
    const now = (await databaseNow(stage.db.manager)).getTime();
    const come = (count: number, daysAgo: number) =>
      Promise.all(
        Array.from({ length: count }, (_, n) =>
          aMessage(stage, {
            text: 'Второй день без отопления, в квартире четырнадцать градусов.',
            proposedTopic: 'heating',
            proposedMunicipality: 'vyazemsky',
            publishedAt: new Date(now - daysAgo * 86_400_000 - ((n + 1) / count) * 6_000_000),
            detectedAt: new Date(now - 80 * 86_400_000),
          }),
        ),
      );
    for (let day = 1; day < 60; day++) await come(1 + (day % 3), day);
    await come(23, 0);
    await detectSurges(stage.db);
    browser = await openChromium();
  });
  after(async () => {
    await browser.close();
    await pages.close();
    await stage.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    expect(problems).to.eql([]);
  });

  async function signIn(login: string): Promise<void> {
    await signInAt(page, pages.url, login);
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor();
  }

  it('an agency is changed: a fault is told at its field, then the change is in the history', async () => {
    await signIn('admin');
    await page.getByRole('link', { name: 'Управление' }).click();
    await page
      .getByRole('link', { name: 'Министерство здравоохранения Смоленской области' })
      .click();
    const channel = page.getByLabel('Канал связи (п. 4)');
    await channel.fill('8 (4812) 29-00-00');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('неверный канал связи «8 (4812) 29-00-00»').waitFor();
    expect(await channel.getAttribute('aria-invalid')).to.equal('true');
    expect(await seriousFaults(page)).to.be.empty;
    await channel.fill('priem@minzdrav.example');
    await page.getByLabel('Рабочее время').selectOption('early-lunch');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByRole('heading', { level: 1, name: 'Органы власти' }).waitFor();
    await page.getByRole('link', { name: 'История' }).click();
    await page.getByText('Рабочее время: «default» → «early-lunch»').waitFor();
  });

  it('an entry leaves the registry only when the button behind the question is pressed', async () => {
    await signIn('admin');
    await page.goto(`${pages.url}/admin/municipalities/velizhsky`);
    const remove = page.getByRole('button', { name: 'Исключить' });
    expect(await remove.isVisible()).to.be.false;
    await page.getByText('Исключить из реестра…').click();
    expect(await seriousFaults(page)).to.be.empty;
    await remove.click();
    await page.getByRole('heading', { level: 1, name: 'Муниципальные образования' }).waitFor();
    expect((await page.goto(`${pages.url}/admin/municipalities/velizhsky`))?.status()).to.equal(
      404,
    );
  });

  const looks = [
    [
      'admin',
      [
        'agencies',
        'agencies/new',
        'officials',
        'hours/default',
        'limits',
        'networks',
        'history',
      ].map((it) => `/admin/${it}`),
    ],
    ['head', ['/admin/limits', '/admin/networks', '/urgent']],
  ] as const;
  for (const [login, paths] of looks) {
    it(`axe finds nothing serious in what ${login} sees, on a screen, in the dark and on a phone`, async () => {
      await signIn(login);
      const urgent = login === 'head';
      for (const path of urgent ? [...paths, await reportPath()] : paths) {
        await page.goto(pages.url + path);
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          expect(await seriousFaults(page), `${path}, ${scheme}`).to.deep.equal([]);
        }
        await page.setViewportSize({ width: 390, height: 800 });
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        expect(wide, `${path}: wider than a phone`).to.be.at.most(390);
        await page.setViewportSize({ width: 1280, height: 800 });
      }
    });
  }

  async function reportPath(): Promise<string> {
    await page.goto(`${pages.url}/urgent`);
    return (
      (await page.getByRole('link', { name: /23 сообщения об отоплении/ }).getAttribute('href')) ??
      ''
    );
  }
});
