import { markup, type Markup } from './markup.ts';

export interface Tab {
  href: string;
  title: string;
}

/** In the order in which they override one another. */
const styles = ['base', 'forms', 'post', 'comments', 'mail', 'phone'] as const;

/** A whole page with the sandbox's header and tabs; `active` is the `href` of the current tab. */
export function layout(title: string, tabs: readonly Tab[], active: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} — стенд «Отклика»</title>
${styles.map((name) => markup`<link rel="stylesheet" href="/public/${name}.css">`)}
<link rel="icon" href="data:,">
<script src="/public/feed.js" type="module"></script>
</head>
<body>
<header class="top">
<div class="top__inner">
<a class="top__brand" href="/">Стенд <span>внешнего мира</span></a>
<nav class="tabs" aria-label="Разделы">
${tabs.map(
  (tab) =>
    markup`<a href="${tab.href}"${tab.href === active && markup` aria-current="page"`}>${tab.title}</a>`,
)}
</nav>
</div>
</header>
<main>
${body}
</main>
</body>
</html>
`.text;
}

const moment = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Europe/Moscow',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});

/** «24 ноября в 14:05», Moscow time. `at`: an instant or unix seconds. */
export function when(at: Date | number): string {
  return moment.format(typeof at === 'number' ? at * 1000 : at);
}

/** A labelled control; `control` must carry `id`. */
export function field(label: string, id: string, control: Markup): Markup {
  return markup`<div class="field"><label for="${id}">${label}</label>${control}</div>`;
}
