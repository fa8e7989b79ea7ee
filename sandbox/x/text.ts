import { createHash } from 'node:crypto';
import twitterText from 'twitter-text';

export interface UrlEntity {
  start: number;
  end: number;
  url: string;
  expanded_url: string;
  display_url: string;
  media_key?: string;
}

/** The length as X counts it. */
export function weigh(text: string): number {
  return twitterText.parseTweet(text).weightedLength;
}

/**
 * A text as X gives it back: links shortened, three characters escaped, the name of the one answered
 * before it, and a link for each picture's page after it. Places count in characters.
 */
export function rendered(
  text: string,
  answered: string | null,
  mediaKeys: readonly string[],
  link: string,
): { text: string; urls: UrlEntity[] } {
  const urls: UrlEntity[] = [];
  let out = '';
  const add = (piece: string) => void (out += piece);
  const addUrl = (expanded: string, media_key?: string) => {
    const start = Array.from(out).length;
    const url = shortened(expanded);
    add(url);
    urls.push({
      start,
      end: start + url.length,
      url,
      expanded_url: expanded,
      display_url: expanded.replace(/^https?:\/\//, ''),
      ...(media_key !== undefined && { media_key }),
    });
  };
  if (answered !== null && !text.toLowerCase().startsWith(`@${answered.toLowerCase()}`)) {
    add(`@${answered} `);
  }
  let at = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    add(twitterText.htmlEscape(text.slice(at, indices[0])).replace(/&(quot|#39);/g, unescape));
    addUrl(/^https?:\/\//i.test(url) ? url : `http://${url}`);
    at = indices[1];
  }
  add(twitterText.htmlEscape(text.slice(at)).replace(/&(quot|#39);/g, unescape));
  if (mediaKeys.length > 0) {
    if (out !== '') add(' ');
    for (const key of mediaKeys.slice(0, 1)) addUrl(link, key);
  }
  return { text: out, urls };
}

/** Quotation marks and apostrophes stay as they are. */
function unescape(escaped: string): string {
  return escaped === '&quot;' ? '"' : "'";
}

function shortened(url: string): string {
  return `https://t.co/${createHash('sha1').update(url).digest('base64url').slice(0, 10)}`;
}
