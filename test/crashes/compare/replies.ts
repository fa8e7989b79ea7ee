import { AnswerEntity } from '../../../src/db/entities/answer.ts';
import { MessageEntity } from '../../../src/db/entities/message.ts';
import { PublicationEntity, type Publication } from '../../../src/db/entities/publication.ts';
import type { Comparison } from '../compare.ts';

/**
 * Under each answered post stands the one answer, under others none (clause 8). Under a post that its author
 * deleted stands what the network took, and kept to itself, before it was deleted: nobody sees it there.
 */
export const replies: Comparison = async ({ world: { db }, town }) => {
  const messages = await db.getRepository(MessageEntity).find();
  const all = await db.getRepository(PublicationEntity).find();
  const answers = await db.getRepository(AnswerEntity).find();
  const published = all.filter(({ status }) => status === 'published');
  const textOf = ({ answerId }: Publication) =>
    answers.find(({ id }) => id === answerId)?.text ?? '';
  const faults: string[] = [];
  let count = 0;
  let unseenCount = 0;
  for (const post of town.posts) {
    const message = messages.find(({ url }) => url === post.url);
    const found = post.replies().map(({ text }) => text);
    const publications = published.filter(({ messageId }) => messageId === message?.id);
    const expected = publications.map(textOf);
    count += found.length;
    if (expected.length !== (message?.status === 'answered' ? 1 : 0)) {
      faults.push(`${post.url}: ${message?.status} with ${expected.length} publications`);
    }
    const tried = all.filter(({ messageId }) => messageId === message?.id);
    const unseen =
      post.post.deleted &&
      expected.length === 0 &&
      found.length === 1 &&
      tried.some((one) => one.status === 'gone' && textOf(one) === found[0]);
    if (unseen) unseenCount += 1;
    else if (found.join('\n') !== expected.join('\n')) {
      const states = tried.map((one) => `«${textOf(one)}» ${one.status}`).join(', ');
      faults.push(
        `${post.url} (${message?.status}${post.post.deleted ? ', deleted by its author' : ''}): replies ` +
          `«${found.join('», «')}» instead of «${expected.join('», «')}»; publications: ${states}`,
      );
    }
  }
  const manual = published.filter((one) => one.manual).length;
  const repeats = messages.filter(
    ({ status, duplicateOf }) => status === 'answered' && duplicateOf,
  );
  return {
    counted: {
      replies: count,
      'of these by hand': manual,
      'of these to repeats': repeats.length,
      'of these under deleted posts, unseen': unseenCount,
    },
    faults,
  };
};
