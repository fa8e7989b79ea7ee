import type { Comment, Post } from './types.ts';

/** Addresses that people open. */
export interface Links {
  post(post: Pick<Post, 'id'>): string;
  comment(comment: Pick<Comment, 'id' | 'post'>): string;
  photo(file: string): string;
}
