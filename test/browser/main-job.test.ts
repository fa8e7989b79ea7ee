import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { pixel } from '../../sandbox/testing.ts';
import { atWholeSecond, runFrom } from './clock.ts';
import { dueOf } from './due.ts';
import { until } from '../until.ts';
import { npmStart, type Started } from './start.ts';
import { openTasklist, type Official } from './tasklist.ts';

const ANSWER =
  'Марина, здравствуйте! Подъезд к остановке отсыпан щебнем, автобус вновь заезжает к почте.';

describe('The main job, as people do it in their browsers', () => {
  let system: Started;
  let browser: Browser;
  let stopClock: (() => void) | undefined;

  before('npm start', async function () {
    this.timeout(400_000);
    browser = await openChromium();
    system = await npmStart();
  });
  afterEach('keep a picture of a failure', async function () {
    if (this.currentTest?.state !== 'failed') return;
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(tmpdir(), `otklik-failure-${index}.png`);
      await page.screenshot({ path, fullPage: true });
      console.error(`Screenshot: ${path}`);
    }
  });
  after('nothing is left running', async function () {
    this.timeout(120_000);
    stopClock?.();
    await browser?.close();
    await system?.stop();
  });

  it('answers a post that two agencies share, one of them late, over a crash of everything (clauses 2, 6, 7, 8, 9, 10, 12, 13)', async function () {
    this.timeout(600_000);
    const citizen = await writePost(browser, system.sandbox, 'Два ведомства', 'Марина Фёдорова');
    const [curator, school, roads] = await Promise.all([
      openTasklist(browser, system.tasklist, 'curator', 'all-open'),
      openTasklist(browser, system.tasklist, 'minobr', 'assigned-to-me'),
      openTasklist(browser, system.tasklist, 'mintrans', 'assigned-to-me'),
    ]);

    await curator.take('Рассмотреть сообщение', 'Марина Фёдорова');
    expect(await widthOf(curator.form.getByRole('img', { name: 'Фото 1' }))).to.be.above(0);
    await curator.choose('Взять в работу');
    // The table proposed both agencies.
    for (const agency of ['Минобрнауки', 'Минтранс']) {
      await curator.form.getByText(agency, { exact: true }).waitFor();
    }
    await curator.pick('Вид сообщения', 'Просьба');
    await curator.write('Указания исполнителям', 'Согласуйте сроки между собой');
    const history = await curator.form.getByRole('link', { name: 'история' }).getAttribute('href');
    // A time without a fraction once ended Tasklist's list of tasks.
    await atWholeSecond(system.brokerRest, () => curator.complete());
    await writePost(browser, system.sandbox, 'Запись к врачу', 'Сергей Никитин');
    await leadsToItsTasks(curator, history ?? '');

    await roads.take('Подготовить проект ответа', 'Согласуйте сроки между собой');
    await addPhotos(roads);
    await sendDraft(roads, 'Подъезд к остановке отсыпан щебнем.');

    await school.take('Подготовить проект ответа', /Кому поручено: Министерство образования/);
    const due = await dueOf(school);
    stopClock = await runFrom(system.brokerRest, due.plus({ minutes: 5 }).toJSDate());
    const notice = await letter(browser, system.sandbox, 'vice-social@smolensk.example');
    expect(notice).to.include('Министерство образования и науки Смоленской области');
    await school.choose('Направить проект ответа куратору');
    await school.pick('Использован шаблон', 'Сделано');
    await school.form.getByText('[Имя], здравствуйте! Спасибо за сообщение.').waitFor();
    await sendDraft(school, 'Автобус заезжает к почте.');

    await curator.take('Подготовить общий ответ', 'Автобус заезжает к почте.');
    await curator.write('Ответ жителю', 'Автобус заезжает к почте.');
    await curator.complete();
    await curator.take('Проверить и опубликовать', 'Автобус заезжает к почте.');
    await curator.choose('Вернуть на доработку');
    await curator.choose('Минобрнауки');
    await curator.write('Замечания или причина', 'Назовите день');
    await curator.complete();

    await school.take('Доработать проект ответа', 'Назовите день');
    await school.write('Доработанный проект ответа', 'Автобус заезжает к почте с 1 декабря.');
    await school.complete();

    await system.crashAndStart();
    const afterCrash = await openTasklist(browser, system.tasklist, 'curator', 'all-open');
    await afterCrash.take('Подготовить общий ответ', 'с 1 декабря');
    await afterCrash.write('Ответ жителю', ANSWER);
    await afterCrash.complete();
    await afterCrash.take('Проверить и опубликовать', 'Под текстом: 1 («подъезд.png»)');
    await afterCrash.choose('Опубликовать');
    await afterCrash.complete();

    const post = citizen.getByRole('article', { name: 'Запись: Марина Фёдорова' });
    await post.getByText('Официальный ответ').waitFor();
    expect(await post.getByText(ANSWER).count()).to.equal(1);
    const reply = post.getByRole('listitem').filter({ hasText: ANSWER });
    expect(await widthOf(reply.getByRole('img', { name: /^Фотография/ }))).to.equal(1);
  });
});

async function writePost(
  browser: Browser,
  sandbox: string,
  sample: string,
  author: string,
): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(sandbox);
  await page.getByRole('button', { name: sample }).click();
  const file = { name: 'a.png', mimeType: 'image/png', buffer: pixel };
  await page.getByLabel('Фотографии').setInputFiles(file);
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await page.getByRole('article', { name: `Запись: ${author}` }).waitFor();
  return page;
}

/** The link on a message's page shows the two tasks of its executors and no task of another message. */
async function leadsToItsTasks({ page }: Official, history: string): Promise<void> {
  const list = page.getByRole('main');
  const others = list.getByText('Рассмотреть сообщение');
  await until(async () => {
    await page.goto(new URL('/tasklist?filter=all-open', page.url()).href);
    return others.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
  });
  await page.goto(history);
  await page.getByRole('link', { name: 'Задачи в Tasklist' }).click();
  const own = list.getByRole('article').filter({ hasText: 'Подготовить проект ответа' });
  await own.nth(1).waitFor();
  expect([await own.count(), await others.count()]).to.deep.equal([2, 0]);
}

/** How wide a picture is, in its own points; rejects when the browser cannot show it. */
async function widthOf(picture: Locator): Promise<number> {
  await picture.scrollIntoViewIfNeeded();
  return picture.evaluate(async (it) => {
    const image = it as unknown as { decode: () => Promise<void>; naturalWidth: number };
    await image.decode();
    return image.naturalWidth;
  });
}

/** Adds two photos on the page that the task leads to, and takes one away again. */
async function addPhotos(executor: Official): Promise<void> {
  await executor.choose('Направить проект ответа куратору');
  const opened = executor.page.waitForEvent('popup');
  await executor.form.getByRole('link', { name: 'добавить или посмотреть' }).click();
  const page = await opened;
  await page
    .getByLabel('Выберите фото или видео')
    .setInputFiles(
      ['подъезд.png', 'лишнее.png'].map((name) => ({ name, mimeType: 'image/png', buffer: pixel })),
    );
  await page.getByText('Загружено: лишнее.png').waitFor();
  await page.getByRole('button', { name: 'Убрать: лишнее.png' }).click();
  await page.getByText('Готово: Убрать: лишнее.png').waitFor();
  expect(await widthOf(page.getByRole('img', { name: 'подъезд.png' }))).to.be.above(0);
  expect(await page.getByRole('img').count()).to.equal(1);
  await page.close();
}

async function sendDraft(executor: Official, text: string): Promise<void> {
  await executor.choose('Направить проект ответа куратору');
  await executor.write('Проект ответа', text);
  await executor.complete();
}

/** The text of the first letter to `address`, waited for on the inbox page. */
async function letter(browser: Browser, sandbox: string, address: string): Promise<string> {
  const page = await browser.newPage();
  const mail = page.getByRole('list', { name: 'Письма' }).getByRole('link');
  do {
    await page.goto(`${sandbox}/mail?to=${encodeURIComponent(address)}`);
  } while ((await mail.count()) === 0);
  await mail.first().click();
  const text = await page.locator('pre').innerText();
  await page.close();
  return text;
}
