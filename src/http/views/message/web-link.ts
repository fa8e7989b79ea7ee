import { escapeHtml } from '../../../procedure/escape-html.ts';

/** A link out of the application; `text` alone when `url` is no address of the web. */
export function webLink(url: string, text: string): string {
  const label = escapeHtml(text);
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isWeb ? `<a href="${escapeHtml(url)}" rel="noreferrer">${label}</a>` : label;
}
