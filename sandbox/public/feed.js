/* global document, fetch, FormData, location, setTimeout, DOMParser, URL, URLSearchParams, window */

// Everything works without this script; with it the feed renews itself and forms do not reload.

const feed = document.querySelector('[data-live-url]');

// On a phone the tabs are wider than the screen.
document
  .querySelector('.tabs [aria-current]')
  ?.scrollIntoView({ block: 'nearest', inline: 'center' });

function fragment(html) {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

function newest(posts) {
  const known = new Map([...feed.querySelectorAll('article')].map((el) => [el.dataset.key, el]));
  let before = feed.querySelector('article, .empty');
  for (const post of posts) {
    const el = known.get(post.key) ?? fragment(post.article).firstElementChild;
    known.delete(post.key);
    if (el.dataset.revision !== post.revision) {
      // Only what is shown changes; the forms beside it keep what was typed.
      const open = [...el.querySelectorAll('.view details')].map((details) => details.open);
      el.querySelector('.view').innerHTML = post.view;
      el.querySelectorAll('.view details').forEach(
        (details, i) => (details.open = open[i] ?? false),
      );
      el.dataset.revision = post.revision;
    }
    if (el === before) before = before.nextElementSibling;
    else feed.insertBefore(el, before);
  }
  known.forEach((el) => el.remove());
}

async function refresh() {
  const url = new URL(feed.dataset.liveUrl, location.href);
  url.searchParams.set('revision', feed.dataset.revision);
  const response = await fetch(url);
  if (response.status !== 200) return;
  const state = await response.json();
  newest(state.posts);
  feed.dataset.revision = state.revision;
  feed.querySelector('.empty').hidden = state.total > 0;
  document.getElementById('faults').innerHTML = state.faults;
}

async function poll() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    // The sandbox is restarting: the next round will tell.
  }
  setTimeout(poll, 2000);
}

function body(form) {
  const data = new FormData(form);
  return form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
}

async function submit(form) {
  const error = form.querySelector('.error');
  if (error) error.hidden = true;
  let problem = null;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: body(form),
    });
    if (!response.ok) problem = (await response.json()).error ?? 'Не получилось.';
  } catch {
    problem = 'Стенд не отвечает.';
  }
  if (problem !== null) {
    if (error) Object.assign(error, { textContent: problem, hidden: false });
    return;
  }
  if (form.dataset.live === 'reset') form.querySelector('[type=file]').value = '';
  const text = form.querySelector('textarea');
  const edit = form.closest('details.edit');
  if (edit) edit.open = false;
  else if (text) text.value = text.dataset.start ?? '';
  answer(form, '', '');
  await refresh();
}

function answer(form, id, name) {
  if (!form.elements.reply_to) return;
  form.elements.reply_to.value = id;
  const note = form.querySelector('.reply__to');
  note.textContent = `Ответ на комментарий: ${name}`;
  note.hidden = id === '';
}

if (feed) {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    // A field may be named `method`: the attribute is asked, not the property.
    if (form.getAttribute('method') !== 'post') return;
    event.preventDefault();
    void submit(form);
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-reply]');
    if (!button) return;
    const form = button.closest('article').querySelector('.reply');
    if (!form) return;
    answer(form, button.dataset.reply, button.dataset.name);
    form.elements.text.focus();
  });
  const address = new URL(location.href);
  const reply = address.searchParams.get('reply') ?? /^#comment-(\d+)$/.exec(address.hash)?.[1];
  const found = reply && feed.querySelector(`[data-comment="${Number(reply)}"]`);
  if (found) {
    found.classList.add('comment--found');
    found.scrollIntoView({ block: 'center' });
  }
  window.addEventListener('focus', () => void refresh().catch(() => {}));
  void poll();
}
