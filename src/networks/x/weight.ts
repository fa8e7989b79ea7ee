import twitterText from 'twitter-text';

/** The length of `text` as X counts it: a link is 23, an emoji or a hieroglyph 2, a letter 1. */
export function weigh(text: string): number {
  return twitterText.parseTweet(text).weightedLength;
}
