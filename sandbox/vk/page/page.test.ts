import { expect } from 'chai';
import { asGroup, callVk, pixel, startSandbox, stopSandboxes } from '../../testing.ts';
import type { Sandbox } from '../../sandbox.ts';

const html = async (sandbox: Sandbox, path: string) =>
  (await fetch(`${sandbox.url}${path}`)).text();

function submit(sandbox: Sandbox, path: string, fields: Record<string, string>, json = true) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  const headers = { accept: json ? 'application/json' : 'text/html' };
  return fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
}

describe('VK stand-in: page', () => {
  afterEach(stopSandboxes);

  it('shows what people write as text, never as markup', async () => {
    const sandbox = await startSandbox();
    const evil = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)> 😀👨‍👩‍👧';
    const post = sandbox.vk.post({ author: `<b>Ева</b> "'`, text: evil });
    sandbox.vk.comment({ post, author: '<i>Ян', text: `</textarea>${evil}` });
    const page = await html(sandbox, '/');
    expect(page).not.to.match(/<script>alert|<img src=x|<b>Ева|<i>Ян|<\/textarea>&/);
    expect(page).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;').and.to.contain('👨‍👩‍👧');
    const response = await fetch(sandbox.url);
    expect(response.headers.get('content-security-policy')).to.contain("default-src 'self'");
  });

  it('marks the official answer and shows its photo and link', async () => {
    const sandbox = await startSandbox({ vk: { permalinkBase: 'https://vk.example' } });
    const post = sandbox.vk.post({ text: 'Вопрос', photos: [pixel] });
    const where = { owner_id: post.owner_id, post_id: post.id };
    await callVk(sandbox, 'wall.createComment', { ...asGroup, ...where, message: 'Отвечаем' });
    const page = await html(sandbox, `/vk/wall-519002_${post.id}?reply=2`);
    expect(page).to.contain('Официальный ответ').and.to.contain('Правительство Смоленской области');
    expect(page).to.contain(`href="https://vk.example/wall-519002_${post.id}?reply=2"`);
    expect(page).to.match(/<img src="\/vk\/photo\/[0-9a-f]+\.png"/);
    expect(sandbox.vk.permalink(post)).to.equal(`https://vk.example/wall-519002_${post.id}`);
  });

  it('takes posts, comments, edits and deletions from its forms', async () => {
    const sandbox = await startSandbox();
    const form = { author: 'Пётр', text: 'Нет воды', wall: 'official' };
    const posted = await submit(sandbox, '/vk/post', form, false);
    expect(posted.status).to.equal(303);
    const path = '/vk/wall-519001_1';
    await submit(sandbox, `${path}/comment`, { author: 'Ия', text: 'И у нас', reply_to: '' });
    const headers = { accept: 'application/json' };
    const text = new URLSearchParams({ text: 'Нет воды второй день' });
    await fetch(`${sandbox.url}${path}/edit`, { method: 'POST', headers, body: text });
    const page = await html(sandbox, '/vk');
    expect(page).to.contain('Нет воды второй день').and.to.contain('И у нас');
    expect(page).to.contain('изменено');
    const author = sandbox.vk.comments({ owner_id: -519001, id: 1 })[0]?.from_id;
    expect(await html(sandbox, `/vk/id${author}`)).not.to.contain('Нет воды');
    expect(await html(sandbox, '/vk/club519001')).to.contain('Нет воды');
    await submit(sandbox, `${path}/delete`, {});
    expect(await html(sandbox, '/vk')).not.to.contain('Нет воды');
    expect((await fetch(`${sandbox.url}${path}`)).status).to.equal(404);
  });

  it('refuses a post over the limit in Russian and keeps what was typed', async () => {
    const sandbox = await startSandbox();
    const text = `начало ${'я'.repeat(100_000)}`;
    const refused = await submit(
      sandbox,
      '/vk/post',
      { author: 'Пётр', text, wall: 'city' },
      false,
    );
    expect(refused.status).to.equal(400);
    const page = await refused.text();
    expect(page).to.match(/Текст слишком длинный: 100\s007 знаков при допустимых 16\s000/);
    expect(page).to.contain('начало яя');
    const json = await submit(sandbox, '/vk/post', { author: 'Пётр', text: ' ' });
    expect(await json.json()).to.deep.equal({ error: 'Напишите текст.' });
  });

  it('shows a post of 100,000 characters folded where the limit allows it', async () => {
    const limits = { comment: 4096, post: 200_000, attachments: 10, photoBytes: 1_000_000 };
    const sandbox = await startSandbox({ vk: { limits } });
    sandbox.vk.post({ text: '🙂'.repeat(100_000) });
    expect(await html(sandbox, '/')).to.contain('Показать полностью');
  });

  it('fills the form with a sample', async () => {
    const sandbox = await startSandbox();
    expect(await html(sandbox, '/?sample=heating')).to.contain('Вязьма, улица Ползунова');
  });

  it('tells an open page what changed, and nothing when nothing did', async () => {
    const sandbox = await startSandbox();
    const live = (revision: string) => fetch(`${sandbox.url}/vk/live?revision=${revision}`);
    const first = (await (await live('')).json()) as { revision: string };
    expect((await live(first.revision)).status).to.equal(204);
    sandbox.vk.post({ text: 'новость' });
    const next = (await (await live(first.revision)).json()) as {
      revision: string;
      posts: { view: string }[];
    };
    expect(next.posts[0]?.view).to.contain('новость');
    sandbox.vk.behaviour({ kind: 'down', times: 2 });
    const faulty = (await (await live(next.revision)).json()) as { faults: string };
    expect(faulty.faults).to.contain('осталось раз: 2');
  });
});
