import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import type { Sandbox } from '../../sandbox.ts';
import { pixel, startSandbox, stopSandboxes } from '../../testing.ts';
import { callGraph } from '../testing.ts';

describe('Facebook and Instagram stand-ins: pages in a browser', () => {
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

  const say = (network: 'facebook' | 'instagram', path: string, message: string) =>
    callGraph(sandbox[network], path, { message }, { method: 'POST' });

  it('Facebook: a visitor’s post gets the official answer by itself', async () => {
    await page.getByRole('link', { name: 'Facebook' }).click();
    await page.getByRole('button', { name: 'Холодные батареи' }).click();
    const file = { name: 'a.png', mimeType: 'image/png', buffer: pixel };
    await page.getByLabel('Фотографии').setInputFiles(file);
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    const post = page.getByRole('article', { name: 'Запись: Ольга Смирнова' });
    await post.getByRole('img', { name: 'Фотография 1' }).waitFor();

    const [made] = sandbox.facebook.posts('visitor');
    await say('facebook', `${made?.id}/comments`, 'Тепло дадут сегодня');
    await post.getByText('Официальный ответ').waitFor();
    expect(await post.getByText('Тепло дадут сегодня').count()).to.equal(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect(problems).to.be.empty;
  });

  it('Instagram: a comment under an official publication gets the official answer', async () => {
    await page.getByRole('link', { name: 'Instagram' }).click();
    const post = page.getByRole('article', { name: 'Запись: Правительство Смоленской области' });
    await post.getByLabel('Текст комментария').fill('Двор тёмный');
    await post.getByRole('button', { name: 'Отправить' }).click();
    await post.getByText('Двор тёмный').waitFor();
    const [media] = sandbox.instagram.posts('own');
    const [comment] = sandbox.instagram.comments(media?.id ?? '');
    await say('instagram', `${comment?.id}/replies`, 'Фонари починят завтра');
    await post.getByText('Официальный ответ').waitFor();
    expect(await post.getByRole('button', { name: 'Удалить запись' }).count()).to.equal(0);
    expect(problems).to.be.empty;
  });

  it('edits and deletes a post, and switches a fault on and off', async () => {
    sandbox.facebook.post({ author: 'Анна', text: 'было', place: 'elsewhere' });
    await page.getByRole('link', { name: 'Facebook' }).click();
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
    expect(sandbox.facebook.behaviour()).to.deep.include({
      kind: 'captcha',
      method: '*',
      times: 2,
      ms: 3000,
    });
    await page.getByRole('button', { name: 'Выключить' }).click();
    await page.getByText('Сеть работает исправно').waitFor();
    await article.getByRole('button', { name: 'Удалить запись' }).click();
    await article.waitFor({ state: 'detached' });
    expect(problems).to.be.empty;
  });

  it('says in Russian what is wrong, and shows a post and what people write as text', async () => {
    await page.getByRole('link', { name: 'Instagram' }).click();
    await page.getByLabel('Ваше имя', { exact: true }).first().fill('Анна Петрова');
    await page.getByLabel('Текст записи').fill('<b>жирно</b>');
    await page.getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByRole('alert').getByText('Имя аккаунта').waitFor();
    // The refusal's status is what the browser complains of.
    problems.length = 0;
    const post = sandbox.instagram.post({ text: '<b>жирно</b>' });
    await page.goto(sandbox.instagram.permalink(post));
    await page.getByText('<b>жирно</b>').first().waitFor();
    expect(await page.getByRole('article').count()).to.equal(1);
    const missing = await page.goto(`${sandbox.url}/instagram/p/1/`);
    expect(missing?.status()).to.equal(404);
  });
});
