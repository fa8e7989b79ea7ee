/**
 * The path of `url` on a network's site, without slashes at its ends; null: another site's. The site is
 * known by its `hosts`, and by `base`, where our own links to it begin.
 */
export function sitePath(url: URL, hosts: RegExp, base: string): string | null {
  const root = new URL(base);
  const folder = root.pathname.replace(/\/?$/, '/');
  if (url.host === root.host && url.pathname.startsWith(folder)) {
    return trimmed(url.pathname.slice(folder.length));
  }
  return hosts.test(url.hostname) ? trimmed(url.pathname) : null;
}

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');
