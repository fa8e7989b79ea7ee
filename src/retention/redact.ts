/** What stands where personal data stood. */
export const HIDDEN = '[скрыто]';

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/gu;
const PHONE = /(?<!\d)(?:\+7|8)(?:[\s()-]{0,2}\d){10}(?!\d)/g;
const MENTION = /\[id\d+\|[^\]]*\]|(?<![\p{L}\d])[@*]id\d+(?: \([^)]*\))?/gu;
const PROFILE = /(?:https?:\/\/)?(?:m\.)?(?:vk\.com\/id\d+|ok\.ru\/profile\/\d+)/gi;

/** What an official wrote to or about the author, without the author's name and page. */
export function withoutAuthor(text: string, name: string | null, url: string | null): string {
  const hidden = text.replace(MENTION, HIDDEN).replace(PROFILE, HIDDEN);
  const unlinked = url === null ? hidden : hidden.replaceAll(url, HIDDEN);
  return wordsOf(name)
    .reduce((it, word) => it.replace(word, HIDDEN), unlinked)
    .replaceAll(`${HIDDEN} ${HIDDEN}`, HIDDEN);
}

/** What the author wrote, without the author's name, page, telephones and mail addresses. */
export function withoutContacts(text: string, name: string | null, url: string | null): string {
  return withoutAuthor(text.replace(EMAIL, HIDDEN).replace(PHONE, HIDDEN), name, url);
}

/** The parts of a name, each with the endings of its cases: «Иван» finds «Иваном». */
function wordsOf(name: string | null): RegExp[] {
  const parts = (name ?? '').match(/[\p{L}-]{3,}/gu) ?? [];
  return parts.map((part) => {
    const stem = part.replace(/[аеёийоуыэюяь]$/u, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}])${stem}\\p{Ll}{0,3}(?![\\p{L}])`, 'gu');
  });
}
