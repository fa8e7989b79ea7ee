const NOWHERE = 'http://nowhere.invalid';
const LONGEST = 1_000;

/** Where to go after sign-in: a page of ours, `/` for anything else that `given` may be. */
export function returnAddress(given: unknown): string {
  if (typeof given !== 'string' || given.length > LONGEST || !given.startsWith('/')) return '/';
  if (!URL.canParse(given, NOWHERE)) return '/';
  const { origin, pathname, search } = new URL(given, NOWHERE);
  // Dots are gone now: `/.//host` would have become another host's address.
  if (origin !== NOWHERE || pathname.startsWith('//') || /^\/sign-/.test(pathname)) return '/';
  return pathname + search;
}
