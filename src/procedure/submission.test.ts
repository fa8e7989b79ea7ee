import { expect } from 'chai';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { optionalCode, optionalText, readSubmission, requiredText } from './submission.ts';

const schema = z.object({
  decision: z.enum(['yes', 'no'], { error: 'Выберите решение.' }),
  text: requiredText(10, 'Напишите текст.', 3),
  note: optionalText(5, 'Пояснение'),
  agency: optionalCode('Орган указан неверно.'),
});

describe('A submission', () => {
  it('is read, trimmed, what is empty as null', () => {
    const read = readSubmission(schema, { decision: 'yes', text: ' яма\n', note: ' ', more: 1 });
    expect(read).to.deep.equal({ decision: 'yes', text: 'яма', note: null, agency: null });
  });

  it('loses what the database cannot keep', () => {
    const given = { decision: 'no', text: '\0я\ud800ма\0', note: '😀', agency: '\0minobr' };
    expect(readSubmission(schema, given)).to.include({ text: 'яма', note: '😀', agency: 'minobr' });
  });

  it('is refused with every fault, each once', () => {
    expect(() => readSubmission(schema, { text: 'x'.repeat(11), note: 'длинное' })).to.throw(
      InputError,
      'Выберите решение. Слишком длинный текст: допустимо не более 10 знаков. Пояснение: допустимо не более 5 знаков.',
    );
  });

  it('of any other shape is refused in Russian', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const odd of [
      null,
      undefined,
      7,
      'да',
      [],
      [[]],
      { text: {} },
      { note: 1 },
      { agency: [] },
      deep,
    ]) {
      expect(() => readSubmission(schema, odd)).to.throw(InputError, /^[А-Я]/);
    }
  });
});
