import { isIPv6 } from 'node:net';
import type { Database } from '../db/data-source.ts';

/** How many failed tries are free, and how long the rest (seconds) forgets them. */
interface Allowance {
  free: number;
  forgetAfter: number;
}

const OF_ACCOUNT: Allowance = { free: 5, forgetAfter: 86_400 };
/** Many people may share an address. */
const OF_ADDRESS: Allowance = { free: 50, forgetAfter: 3_600 };
const FIRST_DELAY = 30;
const LONGEST_DELAY = 900;

/** A person or an address that may not try again for `seconds`. */
export interface Wait {
  seconds: number;
}

/** Holds back whoever guesses passwords; counted in the database for all processes. */
export interface Tries {
  /**
   * Counts a try before it is made, so that tries at the same time are counted too. With `login` null
   * only the address is counted. Null: go ahead.
   */
  take: (login: string | null, address: string) => Promise<Wait | null>;
  /** The try was good: it does not count, and the account begins anew. */
  good: (login: string, address: string) => Promise<void>;
}

export function createTries(db: Database): Tries {
  return {
    take: async (login, address) =>
      (await take(db, keyOf(address), OF_ADDRESS)) ??
      (login === null ? null : await take(db, `login:${login}`, OF_ACCOUNT)),
    good: async (login, address) => {
      await db.query('delete from sign_in_tries where key = $1', [`login:${login}`]);
      await db.query(
        'update sign_in_tries set tries = greatest(tries - 1, 0), next_at = now() where key = $1',
        [keyOf(address)],
      );
    },
  };
}

async function take(db: Database, key: string, { free, forgetAfter }: Allowance) {
  const counted = await db.query<unknown[]>(
    `insert into sign_in_tries as t (key, tries, last_at, next_at) values ($1, 1, now(), now())
     on conflict (key) do update set last_at = now(),
       tries = ${NEXT},
       next_at = now() + make_interval(secs => case when ${NEXT} < $3 then 0
         else least($4 * 2 ^ least(${NEXT} - $3, 16), $5) end)
     where t.next_at <= now()
     returning tries`,
    [key, forgetAfter, free, FIRST_DELAY, LONGEST_DELAY],
  );
  if (counted.length > 0) return null;
  const [row] = await db.query<{ seconds: number }[]>(
    `select ceil(extract(epoch from next_at - now()))::int as seconds from sign_in_tries where key = $1`,
    [key],
  );
  return { seconds: Math.max(row?.seconds ?? 1, 1) };
}

const NEXT = `(case when t.last_at < now() - make_interval(secs => $2) then 1 else t.tries + 1 end)`;

/** One network of IPv6 belongs to one subscriber, who has all its addresses. */
function keyOf(address: string): string {
  const ip = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(ip)) return `address:${ip}`;
  const [head = '', tail] = ip.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const gap = tail === undefined ? [] : Array<string>(8 - first.length - last.length).fill('0');
  return `address:${[...first, ...gap, ...last].slice(0, 4).join(':')}::/64`;
}
