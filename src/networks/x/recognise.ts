import type { NetworkObject } from '../port.ts';
import { sitePath } from '../site-path.ts';
import type { XSettings } from './settings.ts';
import { permalink } from './tweet.ts';

const HOSTS = /^((www|m|mobile)\.)?(x|twitter)\.com$/;
/** `name/status/1`, `i/web/status/1`, with `/photo/1` and the like behind it. */
const STATUS = /^(?:\w{1,20}|i\/web)\/status(?:es)?\/(\d{1,19})(?:\/.*)?$/;

/** The post behind an address; only X itself tells whether it is an answer. */
export function recognise(settings: XSettings, url: URL): NetworkObject | null {
  const id = STATUS.exec(sitePath(url, HOSTS, settings.permalinkBase) ?? '')?.[1];
  if (id === undefined) return null;
  return { network: 'x', externalId: id, kind: 'post', url: permalink(settings, id) };
}
