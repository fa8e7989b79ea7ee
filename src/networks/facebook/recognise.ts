import type { NetworkAddress } from '../port.ts';
import { sitePath } from '../site-path.ts';
import { writeId } from './ids.ts';
import type { FacebookSettings } from './settings.ts';

const HOSTS = /^([a-z-]+\.)?(facebook|fb)\.com$/;
/** `519003/posts/12`, `groups/7/permalink/12`, `posts/519003_12`, `519003_12`. */
const POST =
  /^(?:(?:groups\/)?(\d{1,20})\/(?:posts|permalink)\/(?:[^/]+\/)?|(?:posts\/)?(\d{1,20})_)(\d{1,20})$/;
/** The same with a name, or with the letters that stand for a number: Facebook tells nobody which. */
const VEILED =
  /^(?:[\w.-]+\/(?:posts|videos|permalink)\/|share\/|reel\/|photo|watch|story\.php|permalink\.php)/;

export const ADDRESSES =
  'адрес с номерами страницы и записи, например https://www.facebook.com/519003/posts/12: по другим адресам сеть записей не показывает';

/** The post behind an address that holds the numbers of page and post, or the comment it points at. */
export function recognise(settings: FacebookSettings, url: URL): NetworkAddress | null {
  const { permalinkBase } = settings;
  const path = sitePath(url, HOSTS, permalinkBase);
  if (path === null) return null;
  const post = postAt(path, url.searchParams);
  if (post === null) {
    if (!VEILED.test(path)) return null;
    return { network: 'facebook', externalId: null, kind: 'post', url: url.href };
  }
  const within = url.searchParams.get('reply_comment_id') ?? url.searchParams.get('comment_id');
  const comment = within !== null && NUMBER.test(within) ? `${post.number}_${within}` : null;
  const id = `${post.owner}_${post.number}`;
  return {
    network: 'facebook',
    externalId: writeId({ post: id, comment }),
    kind: comment === null ? 'post' : 'comment',
    url: `${permalinkBase}/${id}${comment === null ? '' : `?comment_id=${within}`}`,
  };
}

function postAt(path: string, query: URLSearchParams): { owner: string; number: string } | null {
  const [, owner, other = owner, number] = POST.exec(path) ?? [];
  if (other !== undefined && number !== undefined) return { owner: other, number };
  if (!/^(permalink|story)\.php$/.test(path)) return null;
  const [page, story] = [query.get('id') ?? '', query.get('story_fbid') ?? ''];
  return NUMBER.test(page) && NUMBER.test(story) ? { owner: page, number: story } : null;
}

const NUMBER = /^\d{1,20}$/;
