import { expect } from 'chai';
import { instant } from './instant.ts';

describe('An instant', () => {
  const at = new Date('2026-11-23T20:25:13.624Z');
  for (const text of [
    '2026-11-23T20:25:13.624Z[Etc/UTC]',
    '2026-11-23T20:25:13.624Z@Etc/UTC',
    '2026-11-23T20:25:13.624Z',
    '2026-11-23T23:25:13.624+03:00[Europe/Moscow]',
  ]) {
    it(`is read from ${text}`, () => expect(instant.parse(text)).to.deep.equal(at));
  }

  for (const odd of ['', 'завтра', '2026-13-01T00:00:00Z', '[Etc/UTC]', null, undefined, 7]) {
    it(`is not ${JSON.stringify(odd)}`, () => expect(instant.safeParse(odd).success).to.be.false);
  }
});
