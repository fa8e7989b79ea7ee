import { field } from '../../page/layout.ts';
import { markup, type Markup } from '../../page/markup.ts';
import { readIfOn } from '../../page/parts.ts';
import type { CitizenPlace, Rules } from '../citizen.ts';
import type { Post } from '../types.ts';
import type { Look } from './look.ts';

export interface Draft {
  author: string;
  text: string;
  place: CitizenPlace;
}

export interface FeedPage {
  code: string;
  rules: Rules;
  look: Look;
  /** What the form starts with. */
  draft: Draft;
  /** Why the post was not taken; null: nothing wrong. */
  error: string | null;
  /** One post alone, without the form for new ones. */
  single: boolean;
  posts: Post[];
  /** How many posts there are in all. */
  total: number;
  article: (post: Post) => Markup;
  panel: Markup;
  revision: string;
  /** Where the page asks for news. */
  liveUrl: string;
}

export function feedPage(page: FeedPage): Markup {
  const { code, posts, total } = page;
  return markup`<div class="columns${page.single && ' columns--post'}">
<div class="side">${!page.single && postForm(page)}${page.panel}</div>
<section class="feed" aria-label="Лента" data-live-url="${page.liveUrl}" data-revision="${page.revision}">
${page.single && markup`<a class="back" href="/${code}">← Вся лента</a>`}${posts.map(page.article)}
<p class="muted empty"${total > 0 && markup` hidden`}>${page.single ? 'Такой записи нет: её удалили.' : 'Записей пока нет. Напишите первую или возьмите пример.'}</p>
${total > posts.length && markup`<a class="more" href="?limit=${posts.length + 50}">Показать ещё</a>`}
</section>
</div>`;
}

function postForm({ code, rules, look, draft, error }: FeedPage): Markup {
  return markup`<section class="card compose" aria-labelledby="compose">
<h1 id="compose">Написать как житель</h1>
<p class="muted">Здесь — новая запись. Комментарий пишут под записью в ленте, в том числе под официальной.</p>
<form method="post" action="/${code}/post" enctype="multipart/form-data" data-live="reset">
${field('Ваше имя', 'author', markup`<input id="author" name="author" value="${draft.author}" required maxlength="100" autocomplete="off">`)}
${field(
  'Текст записи',
  'text',
  markup`<textarea id="text" name="text" rows="6" placeholder="Что случилось? Где?"${look.mention !== null && markup` data-start="${look.mention} "`}>
${draft.text}</textarea>`,
)}
<p class="muted">${look.mention !== null && `Официальный аккаунт может ответить тому, кто упомянул его в тексте: ${look.mention}. `}${readIfOn}</p>
${field(
  'Где написать',
  'place',
  markup`<select id="place" name="place">${rules.places.map((place) => markup`<option value="${place}"${draft.place === place && markup` selected`}>${look.choices[place] ?? place}</option>`)}</select>`,
)}
${field('Фотографии', 'photos', markup`<input id="photos" type="file" name="photos" accept="image/jpeg,image/png,image/gif" multiple>`)}
<p class="error" role="alert"${error === null && markup` hidden`}>${error}</p>
<button class="primary">Опубликовать</button>
</form>
<form class="samples" method="get" aria-label="Примеры"><span class="muted">Примеры</span>
${look.samples.map(({ id, title }) => markup`<button class="chip" name="sample" value="${id}">${title}</button>`)}
</form>
</section>`;
}
