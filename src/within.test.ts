import { expect } from 'chai';
import { TryLater } from './errors.ts';
import { within } from './within.ts';

describe('within', () => {
  const thrown = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

  it('gives what comes in time, good or bad', async () => {
    expect(await within(60_000, Promise.resolve(7))).to.equal(7);
    const bad = new Error('bad');
    expect(await thrown(within(60_000, Promise.reject(bad)))).to.equal(bad);
  });

  it('does not wait longer, nor mind what comes afterwards', async () => {
    let fail = (_: Error): void => undefined;
    const never = new Promise((_resolve, reject) => (fail = reject));
    expect(await thrown(within(1, never))).to.be.instanceOf(TryLater);
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
