import { expect } from 'chai';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { regionIn } from './load.ts';
import { hoursOf } from './region.ts';

describe('hoursOf', () => {
  const demo = regionIn(join(import.meta.dirname, '../../region/smolensk'));

  it('gives an agency its own hours', async () => {
    expect(hoursOf(await demo, 'bezopasnost')).to.include({ observeHolidays: false });
    expect(hoursOf(await demo, 'minles').week.fri).to.deep.equal(['08:30-12:30', '13:15-16:15']);
  });

  it('gives the default hours to an agency that names none, and for no agency at all', async () => {
    for (const code of ['minzdrav', null]) {
      expect(hoursOf(await demo, code).week.fri).to.deep.equal(['09:00-13:00', '14:00-18:00']);
    }
  });

  it('names the known codes when it does not know one', async () => {
    const region = await demo;
    expect(() => hoursOf(region, 'minzdarv'))
      .to.throw(InputError)
      .with.property('message')
      .that.includes('«minzdarv»; допустимо: minzdrav, minobr, ');
  });
});
