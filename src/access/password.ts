import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

/** 32 MB and about a third of a second each: guessing is dear, a dozen at once fit into memory. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 2 ** 20;
const BYTES = 32;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** `scrypt$N$r$p$salt$key`, so that a later cost leaves earlier passwords valid. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(normal(password), salt, BYTES, { ...cost, maxmem: MEMORY });
  const { N, r, p } = cost;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether `password` fits; without a hash it takes as long and does not. */
export async function fitsPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? (await NOBODY)).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MEMORY };
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(
    normal(password),
    Buffer.from(salt, 'base64url'),
    expected.length,
    cost,
  );
  return timingSafeEqual(expected, given) && hash !== null;
}

/** A password to be told once: 16 letters and digits in fours, without those that look alike. */
export function oneTimePassword(): string {
  const letters = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** 32 signs, so that a byte picks each equally often. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** The same letters typed on different systems are the same password. */
const normal = (password: string): string => password.normalize('NFKC');

const NOBODY = hashPassword(randomBytes(16).toString('hex'));
