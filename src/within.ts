import { TryLater } from './errors.ts';

/**
 * What `promise` gives, if it does so within `ms` milliseconds; afterwards nobody waits for it.
 * @throws TryLater when the time is up.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TryLater(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
