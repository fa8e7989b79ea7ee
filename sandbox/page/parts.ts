import { markup, type Markup } from './markup.ts';

/** Characters of a text shown before it is folded. */
const PREVIEW = 700;

/** Stands on pages of networks that a region need not have switched on. */
export const readIfOn = markup`Отклик читает эту сеть, если она включена в настройках региона.`;

/** A text, folded when it is long. */
export function folded(text: string): Markup {
  const characters = Array.from(text);
  if (characters.length <= PREVIEW) return markup`<p class="text">${text}</p>`;
  const head = characters.slice(0, PREVIEW).join('');
  return markup`<details class="long"><summary><span class="text">${head}…</span> <span class="long__more">Показать полностью</span></summary><p class="text">${text}</p></details>`;
}

/** A circle with the initials of a name; `id` chooses its colour. */
export function avatar(name: string, official: boolean, id: number): Markup {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '');
  const style = official ? 'avatar avatar--official' : `avatar avatar--${Math.abs(id) % 6}`;
  return markup`<span class="${style}" aria-hidden="true">${letters}</span>`;
}
