import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../../scripts/chromium.ts';
import { openApi, type Api } from '../../../test/api.ts';

describe('The page that describes the interface', () => {
  let api: Api;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  before(async () => {
    api = await openApi();
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(25_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (![api.url, 'null'].includes(origin)) problems.push(request.url());
    });
    await page.goto(`${api.url}/api/docs`);
  });
  after(async () => {
    await browser.close();
    await api.close();
  });

  it('shows every operation, and asks nobody else for anything', async () => {
    for (const summary of ['Список сообщений', 'Внести сообщение вручную', 'Показатели']) {
      await page.getByText(summary, { exact: true }).waitFor();
    }
    await page.getByText('Список сообщений', { exact: true }).click();
    await page.getByText('Код органа, которому сообщение поручалось').waitFor();
    expect(problems).to.be.empty;
  });

  it('lets one try with a token of one’s own', async () => {
    const secret = await api.token();
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(secret);
    await page.getByRole('button', { name: 'Apply credentials' }).click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table').getByText('"items": []').waitFor();
    expect(problems).to.be.empty;
  });
});
