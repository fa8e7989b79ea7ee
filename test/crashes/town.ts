import { city, type CityPost } from '../system/city.ts';
import type { Dice } from './dice.ts';
import type { World } from './world.ts';

/** The citizens: what they wrote, in order. */
export interface Town {
  posts: CityPost[];
  write(): void;
  /** Somebody changes what they wrote; once each, and only what the application knows already. */
  change(): Promise<void>;
}

export function createTown(choose: Dice, world: World): Town {
  const { writes } = city(world);
  const changed = new Set<string>();
  const posts: CityPost[] = [];
  return {
    posts,
    write() {
      const wall = choose.weighted({ city: 6, official: 2, personal: 2 });
      posts.push(writes(`Сообщение № ${posts.length + 1}: нет отопления.`, { wall }));
    },
    async change() {
      const rows = await world.db
        .query<{ url: string }[]>(`select url from message where finished_at is null`)
        .catch(() => []);
      const open = new Set(rows.map(({ url }) => url));
      const free = posts.filter(({ url }) => open.has(url) && !changed.has(url));
      if (free.length === 0) return;
      const post = choose.pick(free);
      changed.add(post.url);
      if (choose.chance(0.35)) post.delete();
      else post.edit(`Изменённое сообщение № ${changed.size}: нет отопления и воды.`);
    },
  };
}
