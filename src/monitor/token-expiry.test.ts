import { expect } from 'chai';
import { DateTime } from 'luxon';
import { log } from '../log.ts';
import { warnOfExpiry } from './token-expiry.ts';

describe('expiry of tokens', () => {
  const { warn } = log;
  afterEach(() => void (log.warn = warn));

  it('is told a week ahead; a network that is away keeps nobody from hearing of another', async () => {
    const told: object[] = [];
    log.warn = (what: unknown) => void told.push(what as object);
    const now = DateTime.utc(2026, 11, 24);
    const expiresIn = (days: number) => () => Promise.resolve(now.plus({ days }).toJSDate());
    await warnOfExpiry(
      [
        { code: 'x', tokenExpiresAt: () => Promise.reject(new Error('away')) },
        { code: 'vk' },
        { code: 'ok', tokenExpiresAt: expiresIn(8) },
        { code: 'facebook', tokenExpiresAt: expiresIn(7) },
        { code: 'instagram', tokenExpiresAt: () => Promise.resolve(null) },
      ],
      now,
    );
    expect(told).to.deep.equal([
      { network: 'x', why: 'away' },
      { network: 'facebook', expiresAt: now.plus({ days: 7 }).toJSDate() },
    ]);
  });
});
