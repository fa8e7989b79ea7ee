import type { SocialOptions } from '../social/options.ts';
import type { Site } from '../social/site.ts';
import type { SocialStore } from '../social/store.ts';
import type { Comment, Post, Ref } from '../social/types.ts';
import { when } from './layout.ts';
import { markup, type Markup } from './markup.ts';
import { avatar as initials, folded } from './parts.ts';

export interface ArticleDeps {
  site: Site;
  store: SocialStore;
  options: SocialOptions;
  permalinkBase: () => string;
}

/**
 * One post with its comments. `view` is what the page replaces while it lives; the forms around it
 * stay, so that nothing typed is lost.
 */
export function createArticle({ site, store, options, permalinkBase }: ArticleDeps) {
  function nameOf(id: number): string {
    if (id < 0) return store.findGroup(-id)?.name ?? 'Сообщество';
    const user = store.findUser(id);
    return user ? `${user.first_name} ${user.last_name}`.trim() : 'Пользователь';
  }

  /** The group that speaks for the region, or its administrator, who answers where the group cannot. */
  const official = (id: number) => id === -options.official.id || id === options.admin.id;
  const wallName = (post: Post) =>
    post.owner_id > 0
      ? 'личная страница'
      : `${site.officialPlace.toLowerCase()} «${nameOf(post.owner_id)}»`;
  const profile = (id: number) => `/${site.code}${site.profile(id)}`;
  const path = (ref: Ref) => `/${site.code}${site.post(ref)}`;

  const avatar = (id: number) => initials(nameOf(id), official(id), id);

  function photos(refs: Ref[]): Markup | null {
    const found = refs.map((ref) => store.findPhoto(ref)).filter((photo) => photo !== undefined);
    if (found.length === 0) return null;
    return markup`<div class="photos photos--${Math.min(found.length, 3)}">${found.map(
      (photo, index) =>
        markup`<a href="/${site.code}/photo/${photo.file}"><img src="/${site.code}/photo/${photo.file}" alt="Фотография ${index + 1}" loading="lazy" width="${photo.width}" height="${photo.height}"></a>`,
    )}</div>`;
  }

  function commentView(comment: Comment): Markup {
    const { id, owner_id, post_id, from_id } = comment;
    const answered =
      comment.reply_to_comment !== null &&
      store.findComment({ owner_id, id: comment.reply_to_comment });
    const link = permalinkBase() + site.post({ owner_id, id: post_id }, id);
    const classes = ['comment'];
    if (official(from_id)) classes.push('comment--official');
    if (comment.parents_stack.length > 0) classes.push('comment--nested');
    return markup`<li class="${classes.join(' ')}" data-comment="${id}" data-official="${official(from_id) ? 'yes' : 'no'}">
${avatar(from_id)}
<div class="comment__body">
<div class="comment__head"><a class="name" href="${profile(from_id)}">${nameOf(from_id)}</a>${official(from_id) && markup` <span class="badge">Официальный ответ</span>`}${answered && markup` <span class="muted">в ответ: ${nameOf(answered.from_id)}</span>`}</div>
${folded(comment.text)}
${photos(comment.photos)}
<div class="comment__foot muted"><a href="${link}">${when(comment.date)}</a>${comment.edited !== null && ' · изменено'}
<button type="button" class="link" data-reply="${id}" data-name="${nameOf(from_id)}">Ответить</button>
${!official(from_id) && markup`<form method="post" action="${path({ owner_id, id })}/delete"><button class="link" aria-label="Удалить комментарий">Удалить</button></form>`}
</div></div></li>`;
  }

  function view(post: Post): Markup {
    const comments = threaded(store.comments(post));
    return markup`<div class="post__head">${avatar(post.from_id)}
<div><a class="name" href="${profile(post.from_id)}">${nameOf(post.from_id)}</a>
<div class="muted"><a href="${permalinkBase() + site.post(post)}">${when(post.date)}</a> · ${wallName(post)}${post.edited !== null && ' · изменено'}</div></div></div>
${folded(post.text)}
${photos(post.photos)}
${comments.length > 0 && markup`<ul class="comments" aria-label="Комментарии">${comments.map(commentView)}</ul>`}`;
  }

  function forms(post: Post): Markup {
    const nameId = `name${post.owner_id}_${post.id}`;
    const name = markup`<label class="hidden" for="${nameId}">Имя комментатора</label><input id="${nameId}" name="author" placeholder="Ваше имя" value="Анна Петрова" required maxlength="100" autocomplete="off">`;
    const form = markup`<form class="reply" method="post" action="${path(post)}/comment" enctype="multipart/form-data" data-live>
<input type="hidden" name="reply_to" value="">
<p class="reply__to muted" hidden></p>
<div class="reply__row">${name}<textarea name="text" rows="1" aria-label="Текст комментария" placeholder="Написать комментарий…" required></textarea><button>Отправить</button></div>
<p class="error" role="alert" hidden></p>
</form>`;
    return markup`<div class="post__tools">
<details class="edit"><summary>Изменить</summary><form method="post" action="${path(post)}/edit" data-live>
<textarea name="text" rows="5" aria-label="Новый текст записи">
${post.text}</textarea>
<p class="error" role="alert" hidden></p><button>Сохранить</button></form></details>
<form method="post" action="${path(post)}/delete" data-live><button class="link danger">Удалить запись</button></form>
</div>
${post.comments_closed ? markup`<p class="muted">Комментарии закрыты.</p>` : form}`;
  }

  function article(post: Post): Markup {
    return markup`<article class="card post" aria-label="Запись: ${nameOf(post.from_id)}" data-key="${post.owner_id}_${post.id}" data-revision="${post.revision}">
<div class="view">${view(post)}</div>
${forms(post)}
</article>`;
  }

  return { view, article };
}

/** Top comments in order, each followed by the answers of its thread. */
function threaded(comments: Comment[]): Comment[] {
  const alive = new Set(comments.map((comment) => comment.id));
  const isTop = (comment: Comment) => !alive.has(comment.parents_stack[0] ?? 0);
  return comments
    .filter(isTop)
    .flatMap((top) => [
      top,
      ...comments.filter((comment) => comment !== top && comment.parents_stack[0] === top.id),
    ]);
}
