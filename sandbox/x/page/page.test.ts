import { expect } from 'chai';
import type { Sandbox } from '../../sandbox.ts';
import { startSandbox, stopSandboxes } from '../../testing.ts';

const html = async (sandbox: Sandbox, path: string) =>
  (await fetch(`${sandbox.url}${path}`)).text();

function submit(sandbox: Sandbox, path: string, fields: Record<string, string>, json = true) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  const headers = { accept: json ? 'application/json' : 'text/html' };
  return fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
}

describe('X stand-in: page', () => {
  afterEach(stopSandboxes);

  it('is a tab of its own', async () => {
    const sandbox = await startSandbox();
    expect(await html(sandbox, '/')).to.contain('href="/x">X (Twitter)</a>');
    expect(await html(sandbox, '/x')).to.contain('aria-current="page">X (Twitter)</a>');
  });

  it('shows what people write as text, never as markup', async () => {
    const sandbox = await startSandbox();
    const evil = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)> 😀';
    const post = sandbox.x.post({ author: `<b>Ева</b> "'`, text: evil });
    sandbox.x.post({ author: '<i>Ян', text: `</textarea>${evil}`, replyTo: post.conversation });
    const page = await html(sandbox, '/x');
    expect(page).not.to.match(/<script>alert|<img src=x|<b>Ева|<i>Ян|<\/textarea>&/);
    expect(page).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;').and.to.contain('😀');
  });

  it('takes posts, answers, edits and deletions from its forms', async () => {
    const sandbox = await startSandbox();
    const posted = await submit(sandbox, '/x/post', { author: 'Пётр', text: 'Нет воды' }, false);
    expect(posted.status).to.equal(303);
    const [id = ''] = /data-key="(\d+)"/.exec(await html(sandbox, '/x'))?.slice(1) ?? [];
    await submit(sandbox, `/x/status/${id}/answer`, {
      author: 'Ия',
      text: 'И у нас',
      reply_to: '',
    });
    const headers = { accept: 'application/json' };
    const body = new URLSearchParams({ text: 'Нет воды второй день' });
    await fetch(`${sandbox.url}/x/status/${id}/edit`, { method: 'POST', headers, body });
    const page = await html(sandbox, '/x');
    expect(page).to.contain('Нет воды второй день').and.to.contain('И у нас');
    expect(page).to.contain('изменено');
    expect(await html(sandbox, '/x/citizen_1')).to.contain('Нет воды');
    const answer = sandbox.x.answers(id)[0]?.id;
    expect(await html(sandbox, `/x/citizen_2/status/${answer}`)).to.contain('comment--found');
    await submit(sandbox, `/x/status/${id}/delete`, {});
    expect(await html(sandbox, '/x')).not.to.contain('Нет воды');
    expect((await fetch(`${sandbox.url}/x/citizen_1/status/${id}`)).status).to.equal(404);
  });

  it('says in Russian what is wrong and keeps what was typed', async () => {
    const sandbox = await startSandbox();
    const empty = await submit(sandbox, '/x/post', { author: 'Пётр', text: ' ' });
    expect(await empty.json()).to.deep.equal({ error: 'Напишите текст.' });
    const long = await submit(
      sandbox,
      '/x/post',
      { author: 'Пётр', text: `начало ${'я'.repeat(25_000)}` },
      false,
    );
    expect(long.status).to.equal(400);
    expect(await long.text())
      .to.match(/Текст слишком длинный: 25\s007 знаков при допустимых 25\s000/)
      .and.to.contain('начало яя');
  });

  it('tells an open page what changed, and nothing when nothing did', async () => {
    const sandbox = await startSandbox();
    const live = (revision: string) => fetch(`${sandbox.url}/x/live?revision=${revision}`);
    const first = (await (await live('')).json()) as { revision: string };
    expect((await live(first.revision)).status).to.equal(204);
    sandbox.x.post({ text: 'новость' });
    const next = (await (await live(first.revision)).json()) as {
      revision: string;
      posts: { view: string }[];
    };
    expect(next.posts[0]?.view).to.contain('новость');
    sandbox.x.behaviour({ kind: 'permission', times: 2 });
    const faulty = (await (await live(next.revision)).json()) as { faults: string };
    expect(faulty.faults).to.contain('Аккаунт не упомянут (403)').and.contain('осталось раз: 2');
  });
});
