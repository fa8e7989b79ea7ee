import type { Page } from 'playwright-core';
import { PASSWORD } from './pages.ts';

/** Signs in by the form, with `PASSWORD`; `url` is that of the pages. */
export async function signInAt(page: Page, url: string, login: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Логин').fill(login);
  await page.getByLabel('Пароль').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти' }).click();
}

/** Notes in `problems` what goes wrong on the page: errors of its scripts and of its console. */
export function watchFor(problems: string[], page: Page): void {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text());
  });
}
