import type { Wall } from '../social/citizen.ts';
import type { SocialOptions } from '../social/options.ts';
import { samples } from '../social/samples.ts';
import type { Site } from '../social/site.ts';
import type { Post } from '../social/types.ts';
import { field } from './layout.ts';
import { markup, type Markup } from './markup.ts';

export interface Draft {
  author: string;
  text: string;
  wall: Wall;
}

export interface FeedPage {
  site: Site;
  options: SocialOptions;
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

const emptyDraft: Draft = { author: 'Анна Петрова', text: '', wall: 'city' };

/** The form's first values, with a sample chosen by its button. */
export function draftOf(sample: unknown): Draft {
  return samples.find(({ id }) => id === sample) ?? emptyDraft;
}

export function feedPage(page: FeedPage): Markup {
  const { site, posts, total } = page;
  return markup`<div class="columns${page.single && ' columns--post'}">
<div class="side">${!page.single && postForm(page)}${page.panel}</div>
<section class="feed" aria-label="Лента" data-live-url="${page.liveUrl}" data-revision="${page.revision}">
${page.single && markup`<a class="back" href="/${site.code}">← Вся лента</a>`}${posts.map(page.article)}
<p class="muted empty"${total > 0 && markup` hidden`}>${page.single ? 'Такой записи нет: её удалили.' : 'Записей пока нет. Напишите первую или возьмите пример.'}</p>
${total > posts.length && markup`<a class="more" href="?limit=${posts.length + 50}">Показать ещё</a>`}
</section>
</div>`;
}

function postForm({ site, options, draft, error }: FeedPage): Markup {
  const option = (wall: Wall, title: string) =>
    markup`<option value="${wall}"${draft.wall === wall && markup` selected`}>${title}</option>`;
  return markup`<section class="card compose" aria-labelledby="compose">
<h1 id="compose">Написать как житель</h1>
<form method="post" action="/${site.code}/post" enctype="multipart/form-data" data-live="reset">
${field('Ваше имя', 'author', markup`<input id="author" name="author" value="${draft.author}" required maxlength="100" autocomplete="off">`)}
${field(
  'Текст записи',
  'text',
  markup`<textarea id="text" name="text" rows="6" placeholder="Что случилось? Где?">
${draft.text}</textarea>`,
)}
${field('Где написать', 'wall', markup`<select id="wall" name="wall">${option('city', `${site.groupPlace} «${options.city.name}»`)}${option('official', `${site.officialPlace} «${options.official.name}»`)}${option('personal', 'Личная страница')}</select>`)}
${field('Фотографии', 'photos', markup`<input id="photos" type="file" name="photos" accept="image/jpeg,image/png,image/gif" multiple>`)}
<label class="check"><input type="checkbox" name="closed" value="1"> Запретить комментарии</label>
<p class="error" role="alert"${error === null && markup` hidden`}>${error}</p>
<button class="primary">Опубликовать</button>
</form>
<form class="samples" method="get" aria-label="Примеры"><span class="muted">Примеры</span>
${samples.map(({ id, title }) => markup`<button class="chip" name="sample" value="${id}">${title}</button>`)}
</form>
</section>`;
}
