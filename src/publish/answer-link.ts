import { InputError } from '../errors.ts';

interface Known {
  /** Hosts that show the same network. */
  hosts: string[];
  /** The post's id in the address of an answer, if it is there. */
  post?: RegExp;
  /** Whether a comment has an address of its own. */
  commentLinks: boolean;
}

const KNOWN: Record<string, Known> = {
  vk: { hosts: ['vk.com', 'vk.ru'], post: /wall(-?\d+_\d+)/, commentLinks: true },
  ok: { hosts: ['ok.ru'], post: /\/(?:topic|statuses)\/(\d+)/, commentLinks: false },
  x: { hosts: ['x.com', 'twitter.com', 'mobile.twitter.com'], commentLinks: true },
  // One post has addresses of several forms there, so they cannot be compared.
  facebook: { hosts: ['facebook.com', 'fb.com'], commentLinks: true },
  instagram: {
    hosts: ['instagram.com'],
    post: /\/(?:p|reel|tv)\/([\w-]+)/,
    commentLinks: true,
  },
};

/**
 * The link to an answer that a person published, checked against its original (clause 8: the same
 * network, under the same post). `anyPost`: the original is gone, so it may stand elsewhere.
 * @throws InputError in Russian.
 */
export function answerLink(
  link: string,
  original: { network: string; url: string },
  anyPost: boolean,
): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      'Ссылка на ответ не распознана: скопируйте её целиком, начиная с https://.',
    );
  }
  const origin = new URL(original.url);
  const known = KNOWN[original.network];
  const hosts = [siteOf(origin), ...(known?.hosts ?? [])];
  if (!hosts.includes(siteOf(url))) {
    throw new InputError(
      `Ответ размещается в той же сети (п. 8): ссылка ведёт на ${url.host}, а нужна на ${origin.host}.`,
    );
  }
  if (url.href === origin.href && known?.commentLinks !== false) {
    throw new InputError(
      'Это ссылка на само сообщение: нужна ссылка на размещённый под ним ответ.',
    );
  }
  const post = (address: URL) => known?.post?.exec(address.href)?.[1];
  // An original whose address does not tell its post cannot be compared.
  const wanted = post(origin);
  if (!anyPost && wanted !== undefined && wanted !== post(url)) {
    throw new InputError(
      `Ссылка ведёт на другую запись: нужна ссылка на ответ под записью ${origin.href}.`,
    );
  }
  return url.href;
}

/** The site with its port, whether its desktop or mobile pages. */
const siteOf = ({ host }: URL): string => host.replace(/^(www|m)\./, '');
