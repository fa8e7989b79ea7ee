import { expect } from 'chai';
import { createRateLimit } from './rate.ts';

describe('VK stand-in: rate limit', () => {
  it('counts a moving second for each key, without the refused calls', () => {
    let now = 0;
    const over = createRateLimit(() => now);
    const calls = (key: string, ...times: number[]) =>
      times.map((at) => {
        now = at;
        return over(key, 3);
      });
    expect(calls('user', 0, 10, 20, 30, 999)).to.deep.equal([false, false, false, true, true]);
    expect(calls('group', 999)).to.deep.equal([false]);
    expect(calls('user', 1001, 1005, 1011)).to.deep.equal([false, true, false]);
  });
});
