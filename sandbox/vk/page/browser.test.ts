import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import type { Sandbox } from '../../sandbox.ts';
import { asGroup, callVk, pixel, startSandbox, stopSandboxes } from '../../testing.ts';

describe('VK stand-in: page in a browser', () => {
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
  });
  afterEach(async () => {
    await page.close();
    await stopSandboxes();
  });

  it('publishes a sample with a photo and shows the official answer by itself', async () => {
    await page.getByRole('button', { name: 'Отопление в Вязьме' }).click();
    const file = { name: 'a.png', mimeType: 'image/png', buffer: pixel };
    await page.getByLabel('Фотографии').setInputFiles(file);
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const post = page.getByRole('article', { name: 'Запись: Ольга Смирнова' });
    await post.getByRole('img', { name: 'Фотография 1' }).waitFor();
    expect(await page.getByLabel('Текст записи', { exact: true }).inputValue()).to.equal('');

    const where = { owner_id: -519002, post_id: 1, message: 'Тепло дадут сегодня' };
    await callVk(sandbox, 'wall.createComment', { ...asGroup, ...where });
    await post.getByText('Официальный ответ').waitFor();
    expect(await post.getByText('Тепло дадут сегодня').count()).to.equal(1);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).to.equal(390);
    expect(problems).to.be.empty;
  });

  it('keeps what is being typed while the feed changes', async () => {
    const post = sandbox.vk.post({ author: 'Анна Петрова', text: 'первая' });
    const article = page.getByRole('article', { name: 'Запись: Анна Петрова' });
    await article.getByLabel('Текст комментария').fill('пишу');
    sandbox.vk.comment({ post, author: 'Пётр', text: 'вмешался' });
    sandbox.vk.post({ author: 'Олег', text: 'вторая' });
    await article.getByText('вмешался').waitFor();
    await page.getByRole('article', { name: 'Запись: Олег' }).waitFor();
    expect(await article.getByLabel('Текст комментария').inputValue()).to.equal('пишу');

    await article.getByRole('button', { name: 'Ответить' }).click();
    await article.getByRole('button', { name: 'Отправить' }).click();
    await article.getByText('в ответ: Пётр').waitFor();
    expect(sandbox.vk.comments(post)[1]).to.include({ text: 'пишу', reply_to_comment: 2 });
    expect(problems).to.be.empty;
  });

  it('edits and deletes a post, and switches a fault on and off', async () => {
    sandbox.vk.post({ author: 'Анна', text: 'было' });
    const article = page.getByRole('article', { name: 'Запись: Анна' });
    await article.getByText('Изменить').click();
    await article.getByLabel('Новый текст записи').fill('стало');
    await article.getByRole('button', { name: 'Сохранить' }).click();
    await article.getByText('изменено').waitFor();

    await page.getByText('Неисправности сети').click();
    await page.getByLabel('Неисправность').selectOption('captcha');
    await page.getByLabel('Сколько раз').fill('2');
    await page.getByRole('button', { name: 'Включить' }).click();
    await page.getByText('осталось раз: 2').waitFor();
    expect(sandbox.vk.behaviour()).to.deep.include({
      kind: 'captcha',
      method: '*',
      times: 2,
      ms: 3000,
    });
    await page.getByRole('button', { name: 'Выключить' }).click();
    await page.getByText('Сеть работает исправно').waitFor();

    await article.getByRole('button', { name: 'Удалить запись' }).click();
    await page.getByText('Записей пока нет').waitFor();
    expect(problems).to.be.empty;
  });

  it('says in Russian what is wrong with a post', async () => {
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('alert').getByText('Напишите текст.').waitFor();
  });
});
