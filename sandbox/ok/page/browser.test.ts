import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import type { Sandbox } from '../../sandbox.ts';
import { callOk, startSandbox, stopSandboxes } from '../../testing.ts';

describe('OK stand-in: page in a browser', () => {
  let browser: Browser;
  let page: Page;
  let sandbox: Sandbox;
  const problems: string[] = [];

  before(async () => {
    browser = await openChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    sandbox = await startSandbox();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    problems.length = 0;
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    await page.goto(sandbox.url);
    await page.getByRole('link', { name: 'Одноклассники' }).click();
  });
  afterEach(async () => {
    await page.close();
    await stopSandboxes();
  });

  it('publishes a sample and shows the official answer by itself', async () => {
    await page.getByRole('button', { name: 'Два ведомства' }).click();
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const post = page.getByRole('article', { name: 'Запись: Марина Фёдорова' });
    await post.getByText('группа «Правительство Смоленской области»').waitFor();
    await callOk(sandbox, 'discussions.addDiscussionComment', {
      entityId: '519001000001',
      entityType: 'GROUP_TOPIC',
      comment: 'Автобус вернули',
      as_admin: 'true',
    });
    await post.getByText('Официальный ответ').waitFor();
    expect(await post.getByText('Автобус вернули').count()).to.equal(1);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).to.equal(390);
    expect(problems).to.be.empty;
  });

  it('opens a topic by its permanent link and marks the comment it leads to', async () => {
    const post = sandbox.ok.post({ text: 'тема', wall: 'personal' });
    const comment = sandbox.ok.comment({ post, author: 'Пётр', text: 'вот он' });
    await page.goto(sandbox.ok.permalink(post, comment.id));
    const found = page.locator('.comment--found');
    await found.getByText('вот он').waitFor();
    await page.getByRole('link', { name: 'Вся лента' }).click();
    await page.waitForURL(`${sandbox.url}/ok`);
    expect(problems).to.be.empty;
  });

  it('takes comments, edits and deletions, and a fault', async () => {
    sandbox.ok.post({ author: 'Анна', text: 'было' });
    const article = page.getByRole('article', { name: 'Запись: Анна' });
    await article.getByLabel('Текст комментария').fill('и у нас');
    await article.getByRole('button', { name: 'Отправить' }).click();
    await article.getByText('и у нас').waitFor();
    await article.getByRole('button', { name: 'Удалить комментарий' }).click();
    await article.getByText('и у нас').waitFor({ state: 'detached' });
    await article.getByText('Изменить').click();
    await article.getByLabel('Новый текст записи').fill('стало');
    await article.getByRole('button', { name: 'Сохранить' }).click();
    await article.getByText('изменено').waitFor();

    await page.getByText('Неисправности сети').click();
    await page.getByLabel('Неисправность').selectOption('credentials');
    await page.getByRole('button', { name: 'Включить' }).click();
    await page.getByText('Срок ключа истёк (102), все методы').waitFor();
    expect(sandbox.ok.behaviour()).to.have.length(1);
    expect(sandbox.vk.behaviour()).to.have.length(0);

    await article.getByRole('button', { name: 'Удалить запись' }).click();
    await page.getByText('Записей пока нет').waitFor();
    expect(problems).to.be.empty;
  });
});
