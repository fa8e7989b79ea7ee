import { deadUrl } from '../vk.ts';
import { openX, xAt } from '../x.ts';
import { openPage, spoiling, type World } from './world.ts';

const PUBLISHES = 'POST /2/tweets';

/** X as it is with a contract that lets us answer anyone. */
export async function xWorld(): Promise<World> {
  const world = await openX({}, { replies: 'anyone' });
  const { x } = world.sandbox;
  const { keys, official } = x.options;
  const spoil = spoiling(x, PUBLISHES);
  const geheim = { apiKey: 'geheim', apiSecret: 'geheim', accessToken: 'geheim' };
  const write = (text: string, replyTo?: string) =>
    x.post({ text, ...(replyTo !== undefined && { replyTo }) }).versions[0]?.id ?? '';
  return {
    network: world.x,
    author: 'Анна Петрова',
    thread: null,
    restarted: () => xAt(x.url, keys),
    away: async () => xAt(await deadUrl(), keys),
    intruder: () => xAt(x.url, { ...geheim, accessSecret: 'geheim' }),
    post: (text) => write(text),
    comment: (on, text) => write(text, on),
    edit: (id, text) => void x.edit(id, text),
    remove: (id) => x.delete(id),
    answers: (under) =>
      x
        .answers(under)
        .filter(({ author, replyTo }) => author === official.id && replyTo === under)
        .map(({ text }) => text),
    spoil(kind, on, times) {
      // X says «refused» of a text that it had from us before: other content has a number of its own.
      if (kind !== 'refused') spoil(kind, on, times);
      else x.behaviour({ kind: 'error', code: 400, method: PUBLISHES, times: times ?? 1 });
    },
    open: openPage,
    close: () => world.close(),
  };
}
