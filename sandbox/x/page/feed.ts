import { field } from '../../page/layout.ts';
import { markup, type Markup } from '../../page/markup.ts';
import { readIfOn } from '../../page/parts.ts';
import type { XOptions } from '../options.ts';
import { samplesFor } from '../samples.ts';
import type { Tweet } from '../types.ts';

export interface Draft {
  author: string;
  text: string;
}

export interface FeedPage {
  options: XOptions;
  /** What the form starts with. */
  draft: Draft;
  /** Why the post was not taken; null: nothing wrong. */
  error: string | null;
  /** One post alone, without the form for new ones. */
  single: boolean;
  posts: Tweet[];
  /** How many posts there are in all. */
  total: number;
  article: (post: Tweet) => Markup;
  panel: Markup;
  revision: string;
  /** Where the page asks for news. */
  liveUrl: string;
}

/** The form's first values, with a sample chosen by its button. */
export function draftOf({ official }: XOptions, sample: unknown): Draft {
  return (
    samplesFor(official.username).find(({ id }) => id === sample) ?? {
      author: 'Анна Петрова',
      text: `@${official.username} `,
    }
  );
}

export function feedPage(page: FeedPage): Markup {
  const { posts, total } = page;
  return markup`<div class="columns${page.single && ' columns--post'}">
<div class="side">${!page.single && postForm(page)}${page.panel}</div>
<section class="feed" aria-label="Лента" data-live-url="${page.liveUrl}" data-revision="${page.revision}">
${page.single && markup`<a class="back" href="/x">← Вся лента</a>`}${posts.map(page.article)}
<p class="muted empty"${total > 0 && markup` hidden`}>${page.single ? 'Такой записи нет: её удалили.' : 'Записей пока нет. Напишите первую или возьмите пример.'}</p>
${total > posts.length && markup`<a class="more" href="?limit=${posts.length + 50}">Показать ещё</a>`}
</section>
</div>`;
}

function postForm({ options, draft, error }: FeedPage): Markup {
  const { official, replies } = options;
  return markup`<section class="card compose" aria-labelledby="compose">
<h1 id="compose">Написать как житель</h1>
<form method="post" action="/x/post" enctype="multipart/form-data" data-live="reset">
${field('Ваше имя', 'author', markup`<input id="author" name="author" value="${draft.author}" required maxlength="100" autocomplete="off">`)}
${field(
  'Текст записи',
  'text',
  markup`<textarea id="text" name="text" rows="6" placeholder="Что случилось? Где?" data-start="@${official.username} ">
${draft.text}</textarea>`,
)}
<p class="muted">${
    replies === 'mentioned'
      ? markup`Аккаунт «${official.name}» может ответить тому, кто его упомянул: @${official.username}.`
      : markup`Официальный аккаунт — «${official.name}», @${official.username}.`
  } ${readIfOn}</p>
${field('Фотографии', 'photos', markup`<input id="photos" type="file" name="photos" accept="image/jpeg,image/png,image/gif" multiple>`)}
<label class="check"><input type="checkbox" name="restricted" value="1"> Отвечать могут только упомянутые</label>
<p class="error" role="alert"${error === null && markup` hidden`}>${error}</p>
<button class="primary">Опубликовать</button>
</form>
<form class="samples" method="get" action="/x" aria-label="Примеры"><span class="muted">Примеры</span>
${samplesFor(official.username).map(({ id, title }) => markup`<button class="chip" name="sample" value="${id}">${title}</button>`)}
</form>
</section>`;
}
