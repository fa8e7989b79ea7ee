import { when } from '../../page/layout.ts';
import { markup, type Markup } from '../../page/markup.ts';
import { avatar, folded } from '../../page/parts.ts';
import type { Rules } from '../citizen.ts';
import type { Links } from '../links.ts';
import type { MetaOptions } from '../options.ts';
import type { MetaStore } from '../store.ts';
import type { Comment, Post } from '../types.ts';
import type { Look } from './look.ts';

export interface ArticleDeps {
  code: string;
  store: MetaStore;
  options: MetaOptions;
  rules: Rules;
  look: Look;
  links: Links;
}

/**
 * One post with its comments. `view` is what the page replaces while it lives; the forms around it
 * stay, so that nothing typed is lost.
 */
export function createArticle({ code, store, options, rules, look, links }: ArticleDeps) {
  const official = ({ from }: { from: string }) => from === options.official.id;
  const nameOf = (entry: { from: string }) =>
    official(entry) ? options.official.title : store.nameOf(entry.from);
  const path = (id: string) => `/${code}/entry/${id}`;
  const face = (entry: { from: string }) =>
    avatar(nameOf(entry), official(entry), Number(entry.from));

  function photos(files: string[]): Markup | null {
    if (files.length === 0) return null;
    return markup`<div class="photos photos--${Math.min(files.length, 3)}">${files.map(
      (file, index) =>
        markup`<a href="${links.photo(file)}"><img src="/${code}/photo/${file}" alt="Фотография ${index + 1}" loading="lazy"></a>`,
    )}</div>`;
  }

  function commentView(comment: Comment): Markup {
    const { id, parent, from, text } = comment;
    const mine = official(comment);
    const classes = ['comment'];
    if (mine) classes.push('comment--official');
    if (parent !== null) classes.push('comment--nested');
    return markup`<li class="${classes.join(' ')}" data-comment="${id}" data-official="${mine ? 'yes' : 'no'}">
${face({ from })}
<div class="comment__body">
<div class="comment__head"><span class="name">${nameOf(comment)}</span>${mine && markup` <span class="badge">Официальный ответ</span>`}</div>
${folded(text)}
${photos(comment.photos)}
<div class="comment__foot muted"><a href="${links.comment(comment)}">${when(new Date(comment.createdAt))}</a>${comment.editedAt !== null && ' · изменено'}
<button type="button" class="link" data-reply="${id}" data-name="${nameOf(comment)}">Ответить</button>
${!mine && markup`<form method="post" action="${path(id)}/delete"><button class="link" aria-label="Удалить комментарий">Удалить</button></form>`}
</div></div></li>`;
  }

  function view(post: Post): Markup {
    const comments = threaded(store.comments(post.id));
    return markup`<div class="post__head">${face(post)}
<div><span class="name">${nameOf(post)}</span>
<div class="muted"><a href="${links.post(post)}">${when(new Date(post.createdAt))}</a> · ${look.places[post.place]}${post.editedAt !== null && ' · изменено'}</div></div></div>
${folded(post.text)}
${photos(post.photos)}
${comments.length > 0 && markup`<ul class="comments" aria-label="Комментарии">${comments.map(commentView)}</ul>`}`;
  }

  function forms(post: Post): Markup {
    const nameId = `name${post.id}`;
    return markup`${
      post.place !== 'own' &&
      markup`<div class="post__tools">
<details class="edit"><summary>Изменить</summary><form method="post" action="${path(post.id)}/edit" data-live>
<textarea name="text" rows="5" aria-label="Новый текст записи">
${post.text}</textarea>
<p class="error" role="alert" hidden></p><button>Сохранить</button></form></details>
<form method="post" action="${path(post.id)}/delete" data-live><button class="link danger">Удалить запись</button></form>
</div>`
    }
<form class="reply" method="post" action="${path(post.id)}/comment" enctype="multipart/form-data" data-live>
<input type="hidden" name="reply_to" value="">
<p class="reply__to muted" hidden></p>
<div class="reply__row"><label class="hidden" for="${nameId}">Имя комментатора</label><input id="${nameId}" name="author" placeholder="Ваше имя" value="${rules.author}" required maxlength="100" autocomplete="off"><textarea name="text" rows="1" aria-label="Текст комментария" placeholder="Написать комментарий…" required></textarea><button>Отправить</button></div>
<p class="error" role="alert" hidden></p>
</form>`;
  }

  function article(post: Post): Markup {
    return markup`<article class="card post" aria-label="Запись: ${nameOf(post)}" data-key="${post.id}" data-revision="${post.revision}">
<div class="view">${view(post)}</div>
${forms(post)}
</article>`;
  }

  return { view, article };
}

/** Top comments in order, each followed by the answers of its thread. */
function threaded(comments: Comment[]): Comment[] {
  return comments
    .filter(({ parent }) => parent === null)
    .flatMap((top) => [top, ...comments.filter(({ parent }) => parent === top.id)]);
}
