import { createRandom } from '../src/generate/random.ts';
import type { FoundPost } from '../src/networks/port.ts';
import { vocabulary } from './vocabulary.ts';

const FIRST = Date.UTC(2026, 0, 1);

/** Posts as a network gives them: `count` new ones from number `from` on, by number always the same. */
export const newPosts = (from: number, count: number): FoundPost[] =>
  Array.from({ length: count }, (_, index) => post(from + index));

function post(number: number): FoundPost {
  const externalId = `-${1 + (number % 5_000)}_${number}`;
  return {
    network: 'vk',
    externalId,
    kind: number % 4 === 0 ? 'comment' : 'post',
    url: `https://vk.com/wall${externalId}`,
    authorName: `Житель ${number % 90_000}`,
    authorUrl: `https://vk.com/id${number % 90_000}`,
    text: textOf(number),
    photos: number % 5 === 0 ? [`https://sun9-1.userapi.com/photo${number}.jpg`] : [],
    publishedAt: new Date(FIRST + number * 7_000),
  };
}

/** Ten to sixty words. */
function textOf(number: number): string {
  const random = createRandom(number);
  const words = 10 + ((number * 37) % 51);
  return Array.from({ length: words }, () => random.one(vocabulary)).join(' ');
}
