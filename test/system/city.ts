import type { PostInput } from '../../sandbox/social/citizen.ts';
import type { Comment, Post } from '../../sandbox/social/types.ts';
import type { System } from './system.ts';

/** A citizen's post, as the network has it. */
export interface CityPost {
  url: string;
  post: Post;
  /** Comments of the official community under it. */
  replies(): Comment[];
  edit(text: string): void;
  delete(): void;
}

/** The citizens and their network. */
export const city = ({ sandbox: { vk } }: Pick<System, 'sandbox'>) => ({
  /** Found by the word «Смоленск», so `text` gets it. */
  writes: (text: string, input: Partial<PostInput> = {}): CityPost => {
    const post = vk.post({ text: `Смоленск. ${text}`, ...input });
    return {
      url: vk.permalink(post),
      post,
      replies: () => vk.comments(post).filter(({ from_id }) => from_id === -vk.options.official.id),
      edit: (changed) => vk.edit(post, `Смоленск. ${changed}`),
      delete: () => vk.delete(post),
    };
  },
});
