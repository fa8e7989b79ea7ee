import { expect } from 'chai';
import { portFrom } from './port.ts';

describe('The sandbox’s ports', () => {
  it('are refused unless they are ports, by name and with what is allowed', () => {
    for (const given of ['http', '-1', '70000', '3100.5']) {
      expect(() => portFrom({ PORT: given }, 'PORT', 3100)).to.throw(
        RangeError,
        `PORT=${given}: a port is a whole number from 0 to 65535`,
      );
    }
    expect(portFrom({ PORT: '' }, 'PORT', 3100)).to.equal(3100);
  });
});
