import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { seriousFaults } from '../../test/axe.ts';
import { signInAt, watchFor } from '../../test/browser-page.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { haveAccounts, openPages, type Pages } from '../../test/pages.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import { until } from '../../test/until.ts';
import { databaseNow } from '../db/now.ts';
import { generateMessages } from '../generate/generate.ts';
import { buildAssets } from './assets.ts';
import { refreshFigures } from './refresh.ts';

describe('The dashboard in a browser', () => {
  let stage: Stage;
  let pages: Pages;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  before(async () => {
    await buildAssets();
    stage = await openStage();
    const networkSetup = { ...stage.networkSetup, instagram: 'no-key' as const };
    pages = await openPages({ ...stage, networkSetup });
    const now = await databaseNow(stage.db.manager);
    await generateMessages(stage.db, stage.calendars, { messages: 900, seed: 5, now });
    // At night nobody of those generated is at work.
    for (const agency of ['minzhkh', 'minobr', 'mintrans', 'minzdrav']) {
      await anAssignment(stage, await aMessage(stage), agency);
    }
    // Of the messages in work one half has half an hour left, the other had it half an hour ago.
    await stage.db.query(
      `update deadline d set due_at = now() + (n % 2 * 2 - 1) * interval '30 minutes'
       from (select id, row_number() over (order by id) as n from deadline
             where stopped_at is null and kind <> 'return') as running
       where running.id = d.id`,
    );
    await stage.db.query(
      `update message set process_instance_key = ('x' || substr(md5(id::text), 1, 8))::bit(32)::bigint`,
    );
    await stage.db.query(
      `insert into urgent_report (id, source_key, message_id, grounds, opened_at, status)
       select m.id, m.id::text, m.id, 'Авария', detected_at, 'open' from message m
       where detected_at > now() - interval '20 days' order by m.id limit 3`,
    );
    await refreshFigures(stage);
    await haveAccounts(stage, 'curator', 'minzhkh', 'admin');
    browser = await openChromium();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' });
    page = await context.newPage();
    watchFor(problems, page);
    await signIn('curator');
  });
  after(async () => {
    await browser.close();
    await pages.close();
    await stage.close();
  });
  afterEach(() => {
    expect(problems).to.be.empty;
  });

  async function signIn(login: string): Promise<void> {
    await signInAt(page, pages.url, login);
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor();
  }
  async function open(path: string): Promise<void> {
    await page.goto(pages.url + path);
    await page.locator('#dashboard h2').first().waitFor();
  }
  const numberIn = (text: string) => Number(text.replace(/\D/g, ''));

  it('every number opens its list with as many rows as it says', async () => {
    await open('/');
    const links = await page.locator('a[data-figure]').all();
    const figures = await Promise.all(
      links.map(async (link) => ({
        figure: await link.getAttribute('data-figure'),
        number: numberIn(
          (await link.locator('strong').count())
            ? await link.locator('strong').innerText()
            : await link.innerText(),
        ),
        address: (await link.getAttribute('href')) ?? '',
      })),
    );
    expect(figures.length).to.be.greaterThan(14);
    expect(figures.find(({ figure }) => figure === 'urgent')?.number).to.equal(3);
    for (const { figure, number, address } of figures) {
      await page.goto(pages.url + address);
      let rows = 0;
      for (;;) {
        rows += await page.locator('table.list tbody tr').count();
        const next = page.getByRole('link', { name: 'Дальше' });
        if ((await next.count()) === 0) break;
        const further = new URL((await next.getAttribute('href')) ?? '', page.url()).href;
        await next.click();
        // A click does not wait for the page that it opens: its rows would be missed.
        await page.waitForURL(further);
      }
      expect(rows, `${figure} ${address}`).to.equal(number);
    }
  });

  it('filters live in the address bar: set, shared, and taken back by the way back', async () => {
    await open('/');
    const received = page.locator('a[data-figure="received"]');
    const all = await received.innerText();
    await page.getByRole('combobox', { name: /^Орган/ }).selectOption('minzhkh');
    await until(async () => (await received.innerText()) !== all);
    const address = page.url();
    expect(new URL(address).searchParams.get('agency')).to.equal('minzhkh');
    const narrowed = await received.innerText();
    await page.getByRole('button', { name: '7 дней' }).click();
    await until(async () => (await received.innerText()) !== narrowed);
    await page.goBack();
    await until(async () => (await received.innerText()) === narrowed);
    expect(page.url()).to.equal(address);
    await page.reload();
    await received.waitFor();
    expect(await received.innerText()).to.equal(narrowed);
    expect(await page.getByRole('combobox', { name: /^Орган/ }).inputValue()).to.equal('minzhkh');
    await received.click();
    expect(await page.getByRole('combobox', { name: /^Орган/ }).inputValue()).to.equal('minzhkh');
  });

  it('a change shows by itself', async () => {
    await open('/');
    const overdue = page.locator('[data-figure="overdue"] strong');
    const before = numberIn(await overdue.innerText());
    await page.getByText('Обновляется само').waitFor();
    await pages.live.look();
    await stage.db.query(
      `update deadline set due_at = now() - interval '1 minute'
       where stopped_at is null and kind <> 'return'`,
    );
    await pages.live.look();
    await until(async () => numberIn(await overdue.innerText()) > before);
  });

  it('a network that fails is shown with the reason and since when, beside those that are read or not', async () => {
    await stage.db.query(
      `insert into poll_cursor (network, source, last_success_at, last_error, lease_until) values
       ('vk', 'wall', now(), null, now() + interval '1 minute'),
       ('ok', 'groups', '2026-11-24T06:05Z', $1, now() + interval '1 minute')`,
      ['сеть не отвечает (api.ok.ru: HTTP 503)'],
    );
    await open('/');
    const line = (name: string) =>
      page.getByRole('region', { name: 'Состояние системы' }).getByText(new RegExp(`^${name} — `));
    expect(await line('ВКонтакте').innerText()).to.match(/— в порядке$/);
    expect(await line('Одноклассники').innerText()).to.match(
      /— сбой, повторяем с 24\.11, 09:05: сеть не отвечает \(api\.ok\.ru: HTTP 503\)$/,
    );
    expect(await line('Facebook').innerText()).to.match(/— чтение выключено$/);
    expect(await line('Instagram').innerText()).to.match(/— нет ключа доступа$/);

    await page.getByText('Обновляется само').waitFor();
    await stage.db.query(`update poll_cursor set last_success_at = now(), last_error = null`);
    await pages.live.look();
    await line('Одноклассники').getByText('в порядке').waitFor();
  });

  it('a message is reached from what burns, with the keyboard alone', async () => {
    await open('/');
    const focused = (what: string) =>
      page.evaluate<string>(`String(document.activeElement?.${what} ?? '')`);
    const tabTo = async (matches: () => Promise<boolean>) => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        if (await matches()) return;
      }
      expect.fail('not reached by the keyboard');
    };
    await tabTo(async () => (await focused('textContent')) === '7 дней');
    await page.keyboard.press('Enter');
    await page.locator('[aria-pressed=true]', { hasText: '7 дней' }).waitFor();
    await tabTo(async () => /\/messages\/[0-9a-f-]{36}$/.test(await focused('href')));
    const links = page.locator('ul.burning li').first();
    expect(await links.getByRole('link', { name: 'Tasklist' }).getAttribute('href')).to.match(
      /^http:\/\/tasklist\.example\/tasklist\?filter=all-open&processInstanceKey=\d+$/,
    );
    expect(await links.getByRole('link', { name: 'Operate' }).getAttribute('href')).to.match(
      /^http:\/\/tasklist\.example\/operate\/processes\/\d+$/,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Сообщение жителя' }).waitFor();
  });

  it('the wall turns from screen to screen by the arrows, and stops when told', async () => {
    await open('/wall');
    const title = page.locator('.slide h2');
    expect(await title.innerText()).to.equal('Сейчас');
    expect(await page.locator('header').isVisible()).to.equal(false);
    for (const expected of [
      'Исполнено в срок',
      'Время ответа, рабочие часы',
      'Что горит',
      'Сейчас',
    ]) {
      await page.keyboard.press('ArrowRight');
      await title.getByText(expected, { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Остановить смену' }).click();
    await page.getByRole('button', { name: 'Продолжить смену' }).waitFor();
  });

  it('the charts are drawn', async () => {
    await open('/');
    const charts = page.locator('.chart canvas');
    await charts.nth(8).waitFor();
    const drawn = await page.evaluate<
      boolean[]
    >(`[...document.querySelectorAll('.chart canvas')].map(
      (it) => it.getContext('2d').getImageData(0, 0, it.width, it.height).data.some((value) => value !== 0),
    )`);
    expect(drawn).to.have.length(9).and.not.to.include(false);
  });

  const SIZES = {
    wide: { width: 1440, height: 900 },
    phone: { width: 360, height: 800 },
    wall: { width: 1920, height: 1080 },
  };
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no serious fault by axe and fits: ${size}, ${colorScheme}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const paths = ['/', '/wall?screen=0', '/wall?screen=1', '/wall?screen=2', '/wall?screen=3'];
        for (const path of [...paths, '/messages?list=work', '/messages?list=clause6&late=yes']) {
          await page.goto(pages.url + path);
          await page.locator('#dashboard h2, table.list').first().waitFor();
          const summaries = page.locator('details summary');
          for (const summary of await summaries.all()) await summary.click();
          expect(await seriousFaults(page), path).to.deep.equal([]);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect(width, path).to.equal(viewport.width);
        }
      });
    }
  }

  it('prints in black on white, without what is only for the screen', async () => {
    await page.setViewportSize(SIZES.wide);
    await open('/');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const styleOf = (selector: string, property: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    const style = {
      paper: await styleOf('.card', 'backgroundColor'),
      filters: await styleOf('.filters', 'display'),
      header: await styleOf('header', 'display'),
    };
    expect(style).to.deep.equal({ paper: 'rgb(255, 255, 255)', filters: 'none', header: 'none' });
    await page.emulateMedia({ media: 'screen' });
  });

  it('an administrator finds no figures and no lists', async () => {
    await page.goto(`${pages.url}/sign-out`);
    await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
    await page.getByText('Вы вышли').waitFor();
    await signIn('admin');
    expect(await page.locator('#dashboard').count()).to.equal(0);
    expect(await page.getByRole('link', { name: 'Сообщения' }).count()).to.equal(0);
    expect(await seriousFaults(page)).to.deep.equal([]);
  });
});
