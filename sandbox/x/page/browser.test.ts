import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import { anAnswer } from '../../../test/vk.ts';
import { xAt } from '../../../test/x.ts';
import type { Sandbox } from '../../sandbox.ts';
import { pixel, startSandbox, stopSandboxes } from '../../testing.ts';

describe('X stand-in: page in a browser', () => {
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
    await page.getByRole('link', { name: 'X (Twitter)' }).click();
  });
  afterEach(async () => {
    await page.close();
    await stopSandboxes();
  });

  it('publishes a sample with a photo and shows the official answer, a thread, by itself', async () => {
    await page.getByRole('button', { name: 'Фонари в Рославле' }).click();
    const file = { name: 'a.png', mimeType: 'image/png', buffer: pixel };
    await page.getByLabel('Фотографии').setInputFiles(file);
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const post = page.getByRole('article', { name: 'Запись: Ольга Смирнова' });
    await post.getByRole('img', { name: 'Фотография 1' }).waitFor();
    expect(await page.getByLabel('Текст записи', { exact: true }).inputValue()).to.equal(
      '@sandbox_smolgov ',
    );

    const id = (await post.getAttribute('data-key')) ?? '';
    const text = `Фонари починят завтра. ${'Работы идут по плану. '.repeat(14)}`;
    const outcome = await xAt(sandbox.x.url, sandbox.x.options.keys).reply(
      id,
      anAnswer({ text, asThread: true }),
    );
    if (outcome.state !== 'published') throw new Error(outcome.reason);
    await post.getByText('(2/2)').waitFor();
    expect(await post.getByText('Официальный ответ').count()).to.equal(2);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).to.equal(390);

    await page.goto(outcome.permalink);
    await page.locator('.comment--found').getByText('Фонари починят завтра.').waitFor();
    expect(problems).to.be.empty;
  });

  it('answers, edits and deletes, and switches a fault on and off', async () => {
    const post = sandbox.x.post({ author: 'Анна', text: 'было' });
    const article = page.getByRole('article', { name: 'Запись: Анна' });
    await article.getByLabel('Текст ответа').fill('и у нас');
    await article.getByRole('button', { name: 'Отправить' }).click();
    await article.getByRole('button', { name: 'Ответить' }).click();
    await article.getByLabel('Текст ответа').fill('и здесь');
    await article.getByRole('button', { name: 'Отправить' }).click();
    await article.getByText('в ответ: Анна Петрова').waitFor();
    const [first, second] = sandbox.x.answers(post.conversation);
    expect(second?.replyTo).to.equal(first?.id);

    await article.getByText('Изменить').click();
    await article.getByLabel('Новый текст записи').fill('стало');
    await article.getByRole('button', { name: 'Сохранить' }).click();
    await article.getByText('изменено').waitFor();

    await page.getByText('Неисправности сети').click();
    await page.getByLabel('Неисправность').selectOption('permission');
    await page.getByLabel('Метод').selectOption('POST /2/tweets');
    await page.getByLabel('Сколько раз').fill('2');
    await page.getByRole('button', { name: 'Включить' }).click();
    await page.getByText('осталось раз: 2').waitFor();
    expect(sandbox.x.behaviour()[0]).to.include({ kind: 'permission', method: 'POST /2/tweets' });
    await page.getByRole('button', { name: 'Выключить' }).click();
    await page.getByText('Сеть работает исправно').waitFor();

    await article.getByRole('button', { name: 'Удалить запись' }).click();
    await page.getByText('Записей пока нет').waitFor();
    expect(problems).to.be.empty;
  });

  it('says in Russian what is wrong with a post', async () => {
    await page.getByLabel('Текст записи', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('alert').getByText('Напишите текст.').waitFor();
  });
});
