import { AnswerEntity } from '../../../src/db/entities/answer.ts';
import { MessageEntity } from '../../../src/db/entities/message.ts';
import { PublicationEntity } from '../../../src/db/entities/publication.ts';
import type { Comparison } from '../compare.ts';

/** Under each answered post stands the one answer, under others none (clause 8). */
export const replies: Comparison = async ({ world: { db }, town }) => {
  const messages = await db.getRepository(MessageEntity).find();
  const published = await db.getRepository(PublicationEntity).findBy({ status: 'published' });
  const answers = await db.getRepository(AnswerEntity).find();
  const faults: string[] = [];
  let count = 0;
  for (const post of town.posts) {
    const message = messages.find(({ url }) => url === post.url);
    const found = post.replies().map(({ text }) => text);
    const publications = published.filter(({ messageId }) => messageId === message?.id);
    const expected = publications.map(
      ({ answerId }) => answers.find(({ id }) => id === answerId)?.text ?? '',
    );
    count += found.length;
    if (expected.length !== (message?.status === 'answered' ? 1 : 0)) {
      faults.push(`${post.url}: ${message?.status} with ${expected.length} publications`);
    }
    if (found.join('\n') !== expected.join('\n')) {
      faults.push(
        `${post.url}: replies «${found.join('», «')}» instead of «${expected.join('», «')}»`,
      );
    }
  }
  const manual = published.filter((one) => one.manual).length;
  const repeats = messages.filter(
    ({ status, duplicateOf }) => status === 'answered' && duplicateOf,
  );
  return {
    counted: { replies: count, 'of these by hand': manual, 'of these to repeats': repeats.length },
    faults,
  };
};
