import { TryLater } from '../errors.ts';
import type { FoundPost, NetworkObject } from '../networks/port.ts';
import { locate, recognise } from '../networks/recognise.ts';
import type { Networks } from '../networks/registry.ts';
import { warnOf } from '../networks/warn.ts';
import { within } from '../within.ts';
import { Problem, type Fault } from './problem.ts';

const NETWORK_WITHIN_MS = 15_000;

/** What people tell of a post beside its address. */
interface Told {
  text?: string | undefined;
  author?: string | undefined;
  publishedAt?: Date | undefined;
}

/** Has the text something that people see? */
export const readable = (text: string): boolean => /[^\s\p{C}]/u.test(text);

/**
 * The object behind an address that a person gave.
 * @throws Problem when there is none or its network does not tell which; TryLater while that is away.
 */
export async function objectBehind(networks: Networks, reference: string): Promise<NetworkObject> {
  const address = recognise(networks, reference);
  if (address === null) throw wrong({ pointer: '/url', detail: addresses(networks) });
  const stop = AbortSignal.timeout(NETWORK_WITHIN_MS);
  const asked = locate(networks, address, reference, stop);
  const object = await within(NETWORK_WITHIN_MS, asked);
  if (object === 'away') throw new TryLater(`${address.network} is away`);
  if (object !== 'unknown') return object;
  const { name, addresses: known = 'другой адрес: по этому сеть записи не показывает' } =
    networks.get(address.network);
  throw wrong({ pointer: '/url', detail: `${name}, допустимо: ${known}` });
}

/** The post as its network shows it, or else as the body tells it. */
export async function complete(
  networks: Networks,
  object: NetworkObject,
  { text, author, publishedAt }: Told,
): Promise<FoundPost> {
  const { found, away, why } = await look(networks, object);
  if (found !== null && readable(found.text)) return found;
  if (text === undefined && away) throw new TryLater(`${object.network} is away`);
  if (text === undefined) throw wrong({ pointer: '/text', detail: why });
  return {
    authorUrl: null,
    photos: [],
    ...object,
    ...found,
    text,
    authorName: found?.authorName ?? author ?? null,
    publishedAt: found?.publishedAt ?? publishedAt ?? new Date(),
  };
}

interface Look {
  found: FoundPost | null;
  /** It may be shown later. */
  away: boolean;
  /** Why the text must be given, in Russian. */
  why: string;
}

async function look(
  networks: Networks,
  { network: code, externalId }: NetworkObject,
): Promise<Look> {
  const network = networks.get(code);
  if (!network.find) return { found: null, away: false, why: 'обязательно: эта сеть не читается' };
  const stop = AbortSignal.timeout(NETWORK_WITHIN_MS);
  try {
    const [found = null] = await within(NETWORK_WITHIN_MS, network.find([externalId], stop));
    const why =
      found === null
        ? 'обязательно: сеть не показывает этой записи'
        : 'обязательно: в записи нет текста';
    return { found, away: false, why };
  } catch (error) {
    warnOf(code, error, 'a post given by hand was not read');
    const why = 'обязательно: сеть сейчас не читается';
    return { found: null, away: error instanceof TryLater, why };
  }
}

const wrong = (fault: Fault) =>
  new Problem('invalid-body', 'Исправьте то, что названо в errors.', { errors: [fault] });

const addresses = (networks: Networks) =>
  `допустимо: адрес записи или комментария (${networks
    .all()
    .map(({ name }) => name)
    .join(', ')})`;
