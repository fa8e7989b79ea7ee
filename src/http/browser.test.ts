import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { seriousFaults } from '../../test/axe.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { haveAccounts, openPages, PASSWORD, type Pages } from '../../test/pages.ts';
import { draft, openStage, type Stage } from '../../test/stage.ts';
import { allTemplates } from '../templates/template.ts';
import { resetAccount } from '../access/accounts.ts';

const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'] as const;

describe('The pages in a browser', () => {
  let stage: Stage;
  let pages: Pages;
  let browser: Browser;
  let page: Page;
  let messageId: string;
  let template: string;
  const problems: string[] = [];
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'curator', 'vice-infrastructure', 'minobr');
    messageId = await aMessage(stage, { text: `Яма на улице Ленина. ${'Очень'.repeat(40)}` });
    const { id } = await anAssignment(stage, messageId, 'mintrans');
    await draft(stage.db, id, 1, 'Яма будет заделана до пятницы.');
    const [first] = await allTemplates(stage.db.manager);
    template = `/templates/${first?.id}`;
    browser = await openChromium();
  });
  after(async () => {
    await browser.close();
    await pages.close();
    await stage.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: SIZES.wide });
    problems.length = 0;
    page.on('pageerror', (error) => problems.push(error.message));
    // A refused form is an answer of 4xx, which the browser tells too.
    page.on('console', (line) => {
      if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) {
        problems.push(line.text());
      }
    });
  });
  afterEach(async () => {
    await page.close();
    expect(problems).to.eql([]);
  });

  const type = (text: string) => page.keyboard.type(text);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const heading = () => page.getByRole('heading', { level: 1 });

  async function signIn(login: string, password = PASSWORD): Promise<void> {
    await page.goto(`${pages.url}/sign-in`);
    await page.getByLabel('Логин').fill(login);
    await page.getByLabel('Пароль').fill(password);
    await page.getByRole('button', { name: 'Войти' }).click();
  }

  it('a person signs in, reads a message and signs out with the keyboard alone', async () => {
    await page.goto(`${pages.url}/messages/${messageId}`);
    await heading().getByText('Вход').waitFor();
    await type('curator');
    await press('Tab');
    await type('не тот пароль');
    await press('Enter');
    await page.getByRole('alert').getByText('Логин или пароль не подходят.').waitFor();
    expect(await page.getByLabel('Логин').inputValue()).to.equal('curator');
    await type(PASSWORD);
    await press('Enter');
    await heading().getByText('Сообщение жителя').waitFor();
    await press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).to.equal('К содержанию');
    while ((await focused.textContent()) !== 'Выйти') await press('Tab');
    await press('Enter');
    await page.getByRole('status').getByText('Вы вышли из системы.').waitFor();
    await page.goto(`${pages.url}/messages/${messageId}`);
    await heading().getByText('Вход').waitFor();
  });

  it('a person with a one-time password chooses another', async () => {
    await signIn('minobr', await resetAccount(stage.db, 'minobr'));
    await heading().getByText('Новый пароль').waitFor();
    expect(await seriousFaults(page)).to.deep.equal([]);
  });

  it('the curator writes a template', async () => {
    await signIn('curator');
    await page.goto(`${pages.url}/templates`);
    await page.getByRole('link', { name: 'Новый шаблон' }).click();
    await page.getByLabel('Название').fill('Каток');
    await page.getByLabel('Тема').selectOption('Физическая культура и спорт');
    await page.getByLabel('Текст').fill('Каток открыт с [дата].');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await heading().getByText('Каток').waitFor();
    await page.getByText('Физическая культура и спорт, любая сеть').first().waitFor();
    await page.getByRole('button', { name: 'Отозвать' }).click();
    await page.getByText('исполнители его не видят').waitFor();
  });

  it('the curator withdraws a message', async () => {
    await signIn('curator');
    await page.goto(`${pages.url}/messages/${messageId}`);
    await page.getByLabel('Причина').fill('Автор попросил снять');
    await page.getByRole('button', { name: 'Снять с рассмотрения' }).click();
    await heading().getByText('Сообщение снимается с рассмотрения').waitFor();
    expect(pages.published.at(-1)).to.deep.include({
      name: 'message-withdrawn',
      variables: { reason: 'Автор попросил снять' },
    });
  });

  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      it(`has no serious fault by axe and fits: ${size}, ${colorScheme}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const look = async (path: string) => {
          await page.goto(pages.url + path);
          expect(await seriousFaults(page), path).to.deep.equal([]);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect(width, path).to.equal(viewport.width);
          const shots = process.env['OTKLIK_TEST_SCREENSHOTS'];
          const name = path.replace(/[^a-z]+/g, '-').slice(0, 20);
          if (shots) await page.screenshot({ path: `${shots}/${size}-${colorScheme}-${name}.png` });
        };
        await look('/sign-in');
        await signIn('vice-infrastructure');
        for (const path of ['/', '/password', '/sign-out', `/messages/${messageId}`, '/nowhere']) {
          await look(path);
        }
        await page.context().clearCookies();
        await signIn('curator');
        for (const path of ['/templates', '/templates/new', template, `${template}/edit`]) {
          await look(path);
        }
      });
    }
  }
});
