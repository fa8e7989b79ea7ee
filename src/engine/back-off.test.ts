import { expect } from 'chai';
import { backOff } from './back-off.ts';

describe('The back-off', () => {
  afterEach(() => ['a', 'b'].forEach((key) => backOff.forget(key)));

  it('doubles from a second to a minute, with jitter', () => {
    for (const ceiling of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(backOff.next('a')).to.be.within(ceiling * 500, ceiling * 1_000);
    }
    for (let tries = 0; tries < 2_000; tries += 1) backOff.next('a');
    expect(backOff.next('a')).to.be.within(30_000, 60_000);
  });

  it('counts each key by itself and begins again after success', () => {
    for (let tries = 0; tries < 5; tries += 1) backOff.next('a');
    expect(backOff.next('b')).to.be.at.most(1_000);
    backOff.forget('a');
    expect(backOff.next('a')).to.be.at.most(1_000);
  });
});
