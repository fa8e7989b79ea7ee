import { markup, type Markup } from '../../page/markup.ts';
import { when } from '../../page/layout.ts';
import type { XOptions } from '../options.ts';
import { idOf, lastOf, type XStore } from '../store.ts';
import type { Tweet, User } from '../types.ts';

export interface ArticleDeps {
  store: XStore;
  options: XOptions;
  permalinkBase: () => string;
}

const PREVIEW = 700;

/**
 * One post with what stands under it. `view` is what the page replaces while it lives; the forms around
 * it stay, so that nothing typed is lost. `found` is the answer that was asked for.
 */
export function createArticle({ store, options, permalinkBase }: ArticleDeps) {
  const official = ({ author }: Tweet) => author === options.official.id;
  const authorOf = ({ author }: Tweet): User =>
    store.user(author) ?? { id: author, name: 'Пользователь', username: 'i' };
  const link = (tweet: Tweet) =>
    `${permalinkBase()}/${authorOf(tweet).username}/status/${idOf(tweet)}`;

  function avatar(tweet: Tweet): Markup {
    const letters = authorOf(tweet)
      .name.split(/\s+/)
      .slice(0, 2)
      .map((word) => Array.from(word)[0] ?? '');
    const tint = Number(BigInt(tweet.author) % 6n);
    const style = official(tweet) ? 'avatar avatar--official' : `avatar avatar--${tint}`;
    return markup`<span class="${style}" aria-hidden="true">${letters}</span>`;
  }

  function head(tweet: Tweet): Markup {
    const { name, username } = authorOf(tweet);
    return markup`<a class="name" href="/x/${username}">${name}</a> <span class="muted">@${username}</span>`;
  }

  function body(tweet: Tweet): Markup {
    const { text } = lastOf(tweet);
    const characters = Array.from(text);
    if (characters.length <= PREVIEW) return markup`<p class="text">${text}</p>`;
    const start = characters.slice(0, PREVIEW).join('');
    return markup`<details class="long"><summary><span class="text">${start}…</span> <span class="long__more">Показать полностью</span></summary><p class="text">${text}</p></details>`;
  }

  function photos({ media }: Tweet): Markup | null {
    if (media.length === 0) return null;
    return markup`<div class="photos photos--${Math.min(media.length, 3)}">${media.map(
      ({ file, width, height }, index) =>
        markup`<a href="/x/media/${file}"><img src="/x/media/${file}" alt="Фотография ${index + 1}" loading="lazy" width="${width}" height="${height}"></a>`,
    )}</div>`;
  }

  const time = (tweet: Tweet) =>
    markup`<a href="${link(tweet)}">${when((tweet.versions[0]?.at ?? 0) / 1000)}</a>${tweet.versions.length > 1 && ' · изменено'}`;

  function answerView(tweet: Tweet, found: string | null): Markup {
    const parent = tweet.replyTo === null ? undefined : store.find(tweet.replyTo);
    const nested = tweet.replyTo !== tweet.conversation;
    const classes = ['comment'];
    if (official(tweet)) classes.push('comment--official');
    if (nested) classes.push('comment--nested');
    if (found === idOf(tweet)) classes.push('comment--found');
    const remove = markup`<form method="post" action="/x/status/${idOf(tweet)}/delete"><button class="link" aria-label="Удалить ответ">Удалить</button></form>`;
    return markup`<li class="${classes.join(' ')}" data-comment="${idOf(tweet)}" data-official="${official(tweet) ? 'yes' : 'no'}">
${avatar(tweet)}
<div class="comment__body">
<div class="comment__head">${head(tweet)}${official(tweet) && markup` <span class="badge">Официальный ответ</span>`}${nested && parent && markup` <span class="muted">в ответ: ${authorOf(parent).name}</span>`}</div>
${body(tweet)}
${photos(tweet)}
<div class="comment__foot muted">${time(tweet)}
<button type="button" class="link" data-reply="${idOf(tweet)}" data-name="${authorOf(tweet).name}">Ответить</button>
${!official(tweet) && remove}
</div></div></li>`;
  }

  function view(post: Tweet, found: string | null): Markup {
    const answers = store.answers(post);
    return markup`<div class="post__head">${avatar(post)}
<div>${head(post)}
<div class="muted">${time(post)}</div></div></div>
${body(post)}
${photos(post)}
${answers.length > 0 && markup`<ul class="comments" aria-label="Ответы">${answers.map((answer) => answerView(answer, found))}</ul>`}`;
  }

  function forms(post: Tweet): Markup {
    const id = idOf(post);
    return markup`<div class="post__tools">
<details class="edit"><summary>Изменить</summary><form method="post" action="/x/status/${id}/edit" data-live>
<textarea name="text" rows="5" aria-label="Новый текст записи">
${lastOf(post).text}</textarea>
<p class="error" role="alert" hidden></p><button>Сохранить</button></form></details>
<form method="post" action="/x/status/${id}/delete" data-live><button class="link danger">Удалить запись</button></form>
</div>
<form class="reply" method="post" action="/x/status/${id}/answer" enctype="multipart/form-data" data-live>
<input type="hidden" name="reply_to" value="">
<p class="reply__to muted" hidden></p>
<div class="reply__row"><label class="hidden" for="name${id}">Имя отвечающего</label><input id="name${id}" name="author" placeholder="Ваше имя" value="Анна Петрова" required maxlength="100" autocomplete="off"><textarea name="text" rows="1" aria-label="Текст ответа" placeholder="Ответить…" required></textarea><button>Отправить</button></div>
<p class="error" role="alert" hidden></p>
</form>`;
  }

  function article(post: Tweet, found: string | null): Markup {
    return markup`<article class="card post" aria-label="Запись: ${authorOf(post).name}" data-key="${idOf(post)}" data-revision="${post.revision}">
<div class="view">${view(post, found)}</div>
${forms(post)}
</article>`;
  }

  return { view, article };
}
