import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../../scripts/chromium.ts';
import { watchFor } from '../browser-page.ts';
import { act } from '../system/act.ts';

/** By network: its tab, what a citizen types there, what is answered. */
const CASES = {
  vk: {
    tab: 'ВКонтакте',
    complaint: 'Смоленск, улица Ленина, дом 7: третий день нет отопления.',
    answer: 'Отопление в доме 7 включено, давление в норме.',
  },
  ok: {
    tab: 'Одноклассники',
    complaint: 'Смоленск, проспект Гагарина: в подъезде холодно, батареи не греют.',
    answer: 'Батареи промыты, температура в подъезде соответствует норме.',
  },
  facebook: {
    tab: 'Facebook',
    complaint: 'Смоленск, улица Николаева, 20: из крана идёт ржавая вода.',
    answer: 'Труба на улице Николаева заменена, вода чистая.',
  },
  instagram: {
    tab: 'Instagram',
    complaint: 'Смоленск, Рыленкова, 18: фонари во дворе не горят.',
    answer: 'Фонари во дворе дома 18 заменены.',
  },
  x: {
    tab: 'X (Twitter)',
    complaint: 'Смоленск, Киселёвка: мусор не вывозят с понедельника.',
    answer: 'Мусор вывезен, график вывоза восстановлен.',
  },
} as const;

describe('The five networks, as a citizen sees them', () => {
  const given = act();
  const problems: string[] = [];
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU' });
    watchFor(problems, page);
  });
  after(() => browser.close());
  afterEach(() => expect(problems.splice(0)).to.eql([]));

  const officialReplies = () =>
    page.getByRole('listitem').filter({ has: page.getByText('Официальный ответ') });

  for (const [code, { tab, complaint, answer }] of Object.entries(CASES)) {
    it(`${tab}: what was typed there is answered under it by the region (clauses 1, 2, 7, 8)`, async () => {
      const { otklik, curator, executor, system } = given;
      await page.goto(system.sandbox.url);
      await page.getByRole('link', { name: tab, exact: true }).click();
      const field = page.getByLabel('Текст записи', { exact: true });
      // X's form begins with the account that is asked: whom it does not mention, it may not answer.
      await field.press('Control+End');
      await field.pressSequentially(complaint);
      await page.getByRole('button', { name: 'Опубликовать' }).click();
      const post = page.getByRole('article').filter({ hasText: complaint });
      const published = post.getByRole('link', { name: / в \d\d:\d\d$/ }).first();

      const message = await otklik.detected({ url: (await published.getAttribute('href')) ?? '' });
      const row = await message.row();
      expect(row).to.include({ network: code, kind: 'post' });
      expect(row.text).to.contain(complaint);
      await curator.triages(message);
      await executor('minzhkh').drafts(message, answer);
      expect((await curator.sees(message, 'review-answer')).see('formatOk')).to.be.true;
      await curator.publishes(message);
      await otklik.ended(message);

      const reply = post.locator(officialReplies());
      await reply.getByText(answer, { exact: true }).waitFor();
      expect(await reply.count()).to.equal(1);
      const [publication, ...others] = await message.publications();
      expect(others).to.be.empty;
      expect(publication).to.include({ status: 'published', manual: false });
      await page.goto(publication?.permalink ?? '');
      await officialReplies().getByText(answer, { exact: true }).waitFor();
      expect(await page.getByRole('article').count()).to.equal(1);
    });
  }
});
