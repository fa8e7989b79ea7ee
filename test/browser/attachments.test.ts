import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { createStorage } from '../../src/attachments/create-storage.ts';
import { createAttachmentLinks } from '../../src/attachments/links.ts';
import type { Engine } from '../../src/engine/client.ts';
import { createApp } from '../../src/http/app.ts';
import { createPageLinks } from '../../src/http/page-link.ts';
import { networksOf } from '../../src/networks/registry.ts';
import { aMessage, anAssignment } from '../builders.ts';
import { photo } from '../photos.ts';
import { openStage, type Stage } from '../stage.ts';
import { vkAt } from '../vk.ts';

const SECRET = 'a secret of sixteen';
/** What Tasklist's pages may do, and with them the tabs that they open. */
const SANDBOX = 'sandbox allow-forms allow-scripts allow-same-origin allow-popups';

const listening = async (server: Server): Promise<string> => {
  await once(server, 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}`;
};

describe('The page of photos and videos, in a browser', () => {
  let stage: Stage;
  const servers: Server[] = [];
  let browser: Browser;
  let link: string;
  let task: string;
  before(async () => {
    stage = await openStage();
    browser = await openChromium();
    const links = createAttachmentLinks('', SECRET);
    const vk = vkAt('http://127.0.0.1:1', { user: null, group: null });
    const app = createApp({
      db: stage.db,
      engine: {} as Engine,
      links: createPageLinks('', SECRET),
      zone: () => Promise.resolve('Europe/Moscow'),
      tasklistUrl: '',
      networks: networksOf(vk),
      networkSetup: stage.networkSetup,
      calendars: stage.calendars,
      access: { secret: SECRET, publicUrl: 'http://localhost:3000', oidc: null },
      attachments: {
        storage: createStorage('postgres', stage.db),
        limits: { bytes: 1024 * 1024, count: 5 },
        links,
      },
    });
    const { id } = await anAssignment(stage, await aMessage(stage));
    const pages = app.listen(0, 'localhost');
    servers.push(pages);
    link = (await listening(pages)) + links.link('executor', id, new Date());
    const tasks = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', SANDBOX);
      response.end(`<a href="${link.replace('&', '&amp;')}" target="_blank">Фото и видео</a>`);
    }).listen(0, 'localhost');
    servers.push(tasks);
    task = await listening(tasks);
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    await stage.close();
  });

  const file = (name: string, buffer = photo) => ({ name, mimeType: 'image/jpeg', buffer });

  async function fromTheTask(): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(task);
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Фото и видео' }).click();
    const popup = await opened;
    await popup.getByRole('heading', { name: 'Фото и видео к ответу' }).waitFor();
    return popup;
  }

  it('takes several files at once, says what is wrong with one, and lets one go (clauses 7, 11)', async () => {
    const page = await fromTheTask();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page
      .getByLabel('Выберите фото или видео')
      .setInputFiles([
        file('двор.jpg'),
        file('акт.jpg', Buffer.from('%PDF-1.7\n1234')),
        file('большой.jpg', Buffer.alloc(1024 * 1024 + 1)),
        file('лишнее.jpg'),
      ]);
    await page.getByRole('status').getByText('Загружено: лишнее.jpg').waitFor();
    const alerts = await page.getByRole('alert').allInnerTexts();
    expect(alerts).to.have.length(2);
    expect(alerts[0]).to.contain('«акт.jpg» — не фотография и не видео');
    expect(alerts[1]).to.contain('«большой.jpg» больше 1 МБ');

    await page.getByRole('button', { name: 'Убрать: лишнее.jpg' }).press('Enter');
    await page.getByRole('status').getByText('Готово: Убрать: лишнее.jpg').waitFor();
    await page.getByRole('heading', { name: 'Файлы: 1' }).waitFor();
    expect(await page.getByRole('img').count()).to.equal(1);
    const shown = page.getByRole('img', { name: 'двор.jpg' });
    await shown.scrollIntoViewIfNeeded();
    const width = await shown.evaluate(async (it) => {
      const image = it as unknown as { decode: () => Promise<void>; naturalWidth: number };
      await image.decode();
      return image.naturalWidth;
    });
    expect(width).to.equal(16);
    expect(faults).to.be.empty;
  });

  it('takes what is dropped on it', async () => {
    const page = await fromTheTask();
    const data = await page.evaluateHandle(
      `(() => { const data = new DataTransfer();
         data.items.add(new File([Uint8Array.from(atob('${photo.toString('base64')}'), (it) => it.charCodeAt(0))], 'брошено.jpg'));
         return data; })()`,
    );
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
    await page.getByRole('status').getByText('Загружено: брошено.jpg').waitFor();
  });

  it('fits a phone and works without scripts', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    await page.goto(link);
    await page.getByLabel('Фото или видео').setInputFiles(file('без сценария.jpg'));
    await page.getByRole('button', { name: 'Загрузить' }).click();
    await page.getByRole('img', { name: 'без сценария.jpg' }).waitFor();
    const { width } = (await page.locator('main').boundingBox()) ?? { width: 0 };
    expect(width).to.be.within(1, 360);
    await page.getByRole('button', { name: 'Убрать: без сценария.jpg' }).click();
    await page.getByRole('img', { name: 'без сценария.jpg' }).waitFor({ state: 'detached' });
  });
});
