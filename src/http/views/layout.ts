import { escapeHtml } from '../../procedure/escape-html.ts';
import type { Section } from './sections.ts';
import { STYLE } from './style.ts';
import { tokenField } from './token-field.ts';

/** What the head of a page shows to somebody who signed in. */
export interface Frame {
  /** Of the person. */
  name: string;
  sections: Section[];
  /** Of the page. */
  path: string;
  /** For the form that ends the session. */
  token: string;
}

/**
 * A whole page; `body` and `head` are HTML, `title` is text; `frame` is null as long as nobody signed
 * in; `about` tells pages with the same title apart where the browser names them.
 */
export function layout(
  title: string,
  body: string,
  head = '',
  frame: Frame | null = null,
  about = '',
): string {
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(about ? `${about} – ${title}` : title)}</title><style>${STYLE}</style>${head}</head>
<body><a class="skip" href="#main">К содержанию</a>
<header><div class="bar"><a class="brand" href="/">Отклик</a>${frame ? personal(frame) : ''}</div></header>
<main id="main"><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

function personal({ name, sections, path, token }: Frame): string {
  const links = sections.map((section) => {
    const current = isWithin(path, section.path) ? ' aria-current="page"' : '';
    return `<a href="${section.path}"${current}>${section.name}</a>`;
  });
  const navigation = links.length > 0 ? `<nav aria-label="Разделы">${links.join('')}</nav>` : '';
  return `${navigation}<div class="person">
    <a class="name" href="/password" title="${escapeHtml(name)}">${escapeHtml(name)}</a>
    <form method="post" action="/sign-out">${tokenField(token)}
    <button>Выйти</button></form></div>`;
}

const isWithin = (path: string, section: string): boolean =>
  path === section || (section !== '/' && path.startsWith(`${section}/`));
