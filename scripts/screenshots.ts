/**
 * `npm run screenshots`: renews the pictures of `docs/images` from a system of its own, walking one
 * post through the Procedure.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { runFrom } from '../test/browser/clock.ts';
import { dueOf } from '../test/browser/due.ts';
import { npmStart, type Started } from '../test/browser/start.ts';
import { openTasklist, type Official } from '../test/browser/tasklist.ts';
import { openChromium } from './chromium.ts';

const IMAGES = new URL('../docs/images/', import.meta.url).pathname;
const PHOTO = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="200">
  <rect width="360" height="90" fill="#b9cfe0"/><rect y="90" width="360" height="110" fill="#6f7276"/>
  <path d="M0 90h360v12H0z" fill="#7d8f5b"/><ellipse cx="190" cy="152" rx="78" ry="20" fill="#33302c"/>
  <ellipse cx="196" cy="156" rx="56" ry="11" fill="#8aa0ad"/></svg>`;

await mkdir(IMAGES, { recursive: true });
const browser = await openChromium();
try {
  await picture(browser);
  const system = await npmStart();
  try {
    await walk(browser, system);
  } finally {
    await system.stop();
  }
} finally {
  await browser.close();
}

async function walk(browser: Browser, system: Started): Promise<void> {
  const log = (login: string, tasks: 'all-open' | 'assigned-to-me' = 'assigned-to-me') =>
    openTasklist(browser, system.tasklist, login, tasks);
  const citizen = await browser.newPage({ viewport: { width: 1100, height: 720 } });
  await citizen.goto(system.sandbox);
  await citizen.getByRole('button', { name: 'Два ведомства' }).click();
  const buffer = await drawn(browser, PHOTO, 360, 200);
  await citizen
    .getByLabel('Фотографии')
    .setInputFiles({ name: 'road.png', mimeType: 'image/png', buffer });
  await citizen.getByRole('button', { name: 'Опубликовать' }).click();

  const curator = await log('curator', 'all-open');
  await curator.take('Рассмотреть сообщение', 'Марина Фёдорова');
  await curator.choose('Взять в работу');
  await curator.pick('Вид сообщения', 'Просьба');
  await curator.choose('Остро значимое: доложить Губернатору (п. 15)');
  await curator.write('Основание срочного доклада', 'Дети идут до школы по обочине.');
  await keep(curator, 'tasklist-triage');
  const page = await curator.form.getByRole('link', { name: 'история' }).getAttribute('href');
  await curator.complete();

  const head = await log('head');
  await head.take('Доложить Губернатору', 'Дети идут до школы по обочине');
  await keep(head, 'tasklist-urgent');

  const [roads, school] = [await log('mintrans'), await log('minobr')];
  await roads.take('Подготовить проект ответа', /Ответить до \d/);
  await draft(roads, 'Подъезд к остановке у почты отсыпан щебнем.');
  await roads.complete();
  await school.take('Подготовить проект ответа', /Ответить до \d/);
  await draft(school, 'С 1 декабря школьный автобус вновь заезжает на остановку у почты.');
  await keep(school, 'tasklist-draft');
  const due = await dueOf(school);
  const stopClock = await runFrom(system.brokerRest, due.plus({ minutes: 20 }).toJSDate());
  try {
    const deputy = await log('vice-social');
    await deputy.take('Рассмотреть недостаток', 'Министерство образования');
    await deputy.choose('Дать поручение об устранении');
    await keep(deputy, 'tasklist-shortcoming');
    await school.complete();
    await publish(curator);
  } finally {
    stopClock();
  }
  await citizen.getByText('Официальный ответ').waitFor();
  await citizen.screenshot({ path: `${IMAGES}sandbox.png` });
  const message = await browser.newPage({ viewport: { width: 900, height: 1100 } });
  await message.goto(page ?? '');
  await message.screenshot({ path: `${IMAGES}message.png` });
  await dashboard(browser, system);
}

/** With made-up months, for two messages make no picture. */
async function dashboard(browser: Browser, { application, databaseUrl }: Started): Promise<void> {
  const made = ['--import', 'tsx', 'src/cli.ts', 'generate', '--messages', '3000', '--force'];
  await promisify(execFile)(process.execPath, made, {
    env: { ...process.env, DATABASE_URL: await databaseUrl() },
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1120 } });
  await page.goto(application);
  await page.getByLabel('Логин').fill('governor');
  await page.getByLabel('Пароль').fill('demo');
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.locator('.chart canvas').last().waitFor();
  await page.screenshot({ path: `${IMAGES}dashboard.png` });
}

async function draft(executor: Official, text: string): Promise<void> {
  await executor.choose('Направить проект ответа куратору');
  await executor.write('Проект ответа', text);
}

async function publish(curator: Official): Promise<void> {
  await curator.take('Подготовить общий ответ', 'школьный автобус');
  await curator.write(
    'Ответ жителю',
    'Марина, здравствуйте! Подъезд к остановке у почты отсыпан щебнем, с 1 декабря школьный автобус вновь заезжает на неё.',
  );
  await curator.complete();
  await curator.take('Проверить и опубликовать', 'школьный автобус');
  await curator.choose('Опубликовать');
  await keep(curator, 'tasklist-review');
  await curator.complete();
}

/** The window as it is, tall enough for the whole form. */
async function keep({ page, form }: Official, name: string): Promise<void> {
  await page.setViewportSize({ width: 1180, height: 2000 });
  const bottom = await form.boundingBox().then((box) => (box ? box.y + box.height : 0));
  await page.setViewportSize({ width: 1180, height: Math.max(700, Math.ceil(bottom) + 90) });
  await page.screenshot({ path: `${IMAGES}${name}.png` });
}

async function picture(browser: Browser): Promise<void> {
  const file = await readFile(new URL('../bpmn/procedure.svg', import.meta.url), 'utf8');
  const [width = 0, height = 0] =
    /width="(\d+)" height="(\d+)"/.exec(file)?.slice(1).map(Number) ?? [];
  const shown = { width: 1700, height: Math.ceil((1700 * height) / width) };
  const svg = file
    .slice(file.indexOf('<svg'))
    .replace(/width="\d+" height="\d+"/, `width="${shown.width}" height="${shown.height}"`);
  await drawn(browser, svg, shown.width, shown.height, `${IMAGES}procedure.png`);
}

async function drawn(
  browser: Browser,
  svg: string,
  width: number,
  height: number,
  path?: string,
): Promise<Buffer> {
  const page: Page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<body style="margin:0;background:#fff">${svg}</body>`);
  const image = await page.screenshot(path === undefined ? {} : { path });
  await page.close();
  return image;
}
