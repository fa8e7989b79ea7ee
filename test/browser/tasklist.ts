import type { Browser, Locator, Page } from 'playwright-core';

const PASSWORD = 'demo';
const VALUES_MS = 5_000;
const TRIES = 10;

/** One official at work in Tasklist. */
export interface Official {
  page: Page;
  /**
   * Opens a task by its name and takes it, unless it is this official's already. Tasklist may show a
   * task before it knows all its values, and then never asks again: the task is opened anew until its
   * form shows `text`.
   */
  take: (name: string, text: string | RegExp) => Promise<void>;
  /** The form of the open task. */
  form: Locator;
  /** Chooses a radio button or ticks a box. */
  choose: (option: string) => Promise<void>;
  /** Chooses from a drop-down list. */
  pick: (label: string, option: string) => Promise<void>;
  write: (label: string, text: string) => Promise<void>;
  /** Completes the open task. */
  complete: () => Promise<void>;
}

/**
 * Logs `login` in. `tasks`: whose tasks the list shows; executors look at their own, for everybody
 * sees everything.
 */
export async function openTasklist(
  browser: Browser,
  tasklist: string,
  login: string,
  tasks: 'all-open' | 'assigned-to-me',
): Promise<Official> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'ru-RU',
    // Without them Tasklist offers notifications above every task.
    permissions: ['notifications'],
    timezoneId: 'Europe/Moscow',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(tasklist);
  await page.getByLabel('Username').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByText('All open tasks').waitFor();
  const form = page.locator('.fjs-container');
  const open = async (name: string) => {
    await page.goto(`${tasklist}?filter=${tasks}`);
    await page.getByRole('main').getByText(name).first().click();
    await form.waitFor();
  };
  const shows = (text: string | RegExp) =>
    form
      .getByText(text)
      .first()
      .waitFor({ timeout: VALUES_MS })
      .then(
        () => true,
        () => false,
      );

  return {
    page,
    form,
    take: async (name, text) => {
      let tries = TRIES;
      do await open(name);
      while (!(await shows(text)) && --tries > 0);
      if (tries === 0) throw new Error(`the form of «${name}» never showed «${String(text)}»`);
      const assign = page.getByRole('button', { name: 'Assign to me' });
      const mine = page.getByRole('button', { name: 'Unassign' });
      await assign.or(mine).first().waitFor();
      if (await assign.isVisible()) await assign.click();
      await mine.waitFor();
    },
    choose: (option) => form.locator('label').getByText(option, { exact: true }).click(),
    pick: async (label, option) => {
      await form
        .locator('.fjs-form-field-select', { hasText: label })
        .locator('.fjs-input-group')
        .click();
      await form.locator('.fjs-dropdownlist-item').getByText(option, { exact: true }).click();
    },
    write: (label, text) => form.getByRole('textbox', { name: label }).fill(text),
    complete: async () => {
      await page.getByRole('button', { name: 'Complete Task' }).click();
      await page.getByText('Task completed').first().waitFor();
    },
  };
}
