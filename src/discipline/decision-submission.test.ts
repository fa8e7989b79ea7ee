import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { remedyDue } from './decision-submission.ts';

const at = new Date('2026-11-24T12:00:00Z');
const due = (text: string | null) => remedyDue(text, at, 'Europe/Moscow');

describe('The date of a remedy', () => {
  it('lasts until the end of its local day', () => {
    expect(due('2026-11-24')).to.deep.equal(new Date('2026-11-24T20:59:00Z'));
  });

  it('may name a time, in the region’s zone unless it has its own', () => {
    expect(due('2026-11-25T18:00')).to.deep.equal(new Date('2026-11-25T15:00:00Z'));
    expect(due('2026-11-25T18:00Z')).to.deep.equal(new Date('2026-11-25T18:00:00Z'));
  });

  for (const wrong of [null, '', ' ', 'завтра', '2026-13-01', '2026-11-23', '2026-11-24T15:00']) {
    it(`is refused: ${wrong ?? 'nothing'}`, () => {
      expect(() => due(wrong)).to.throw(InputError, /Укажите|нужна дата/);
    });
  }
});
