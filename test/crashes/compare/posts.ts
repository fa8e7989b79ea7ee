import { MessageEntity, type Message } from '../../../src/db/entities/message.ts';
import type { Comparison } from '../compare.ts';
import { grouped } from '../grouped.ts';

const ENDS: Partial<Record<Message['status'], string>> = {
  answered: 'answered',
  closed: 'closed-without-answer',
  'not-relevant': 'not-relevant',
  duplicate: 'duplicate',
  withdrawn: 'withdrawn',
};

/** Each post has one message and one process, and both say how it ended (clause 2). */
export const posts: Comparison = async ({ world: { db, view }, town }) => {
  const messages = await db.getRepository(MessageEntity).find();
  const faults: string[] = [];
  let doubled = 0;
  for (const { url } of town.posts) {
    const rows = messages.filter((message) => message.url === url);
    if (rows.length !== 1) faults.push(`${url}: ${rows.length} messages instead of one`);
  }
  const known = new Set(town.posts.map(({ url }) => url));
  for (const { id, url, status, processInstanceKey } of messages) {
    if (!known.has(url)) faults.push(`${url}: a message of no post`);
    const all = view
      .instancesOf('procedure')
      .filter((instance) => view.instancesWith('messageId', id).includes(instance));
    const working = all.filter((instance) => !view.passed(instance).includes('already-in-work'));
    doubled += all.length - working.length;
    if (working.length !== 1 || working[0] !== processInstanceKey) {
      faults.push(`${url}: processes ${working.join()}; the message has ${processInstanceKey}`);
    }
    const end = ENDS[status];
    const passed = view.passed(processInstanceKey ?? '');
    if (end === undefined) faults.push(`${url}: its status ${status} is not final`);
    else if (!passed.includes(end))
      faults.push(`${url}: ${status}, and its process passed no ${end}`);
    if (!view.hasEnded(processInstanceKey ?? '')) faults.push(`${url}: its process has not ended`);
  }
  const ends = [...grouped(messages, ({ status }) => status)];
  const counted = Object.fromEntries(
    ends.map(([status, rows]) => [`messages ${status}`, rows.length]),
  );
  return {
    counted: {
      posts: town.posts.length,
      ...counted,
      'second processes that ended at once': doubled,
    },
    faults,
  };
};
