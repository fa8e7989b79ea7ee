import { expect } from 'chai';
import { withoutAuthor, withoutContacts } from './redact.ts';

const NAME = 'Анна Сергеевна Ким-Иванова';
const URL = 'https://vk.com/anna.kim';

describe('A text without its author', () => {
  for (const [text, expected] of [
    ['Анна, здравствуйте!', '[скрыто], здравствуйте!'],
    ['Анне Сергеевне отказали', '[скрыто] отказали'],
    ['Ответ для [id12|Анны] и [club5|сообщества]', 'Ответ для [скрыто] и [club5|сообщества]'],
    ['@id12 (Анна), ответили', '[скрыто], ответили'],
    [`страница ${URL}, фото`, 'страница [скрыто], фото'],
    ['https://vk.com/id12 и ok.ru/profile/34', '[скрыто] и [скрыто]'],
    ['Аннинский бор, сергеевская школа', 'Аннинский бор, сергеевская школа'],
    ['Улица Ленина, 8, тел. 112', 'Улица Ленина, 8, тел. 112'],
  ] as const) {
    it(`«${text}» is «${expected}»`, () => {
      expect(withoutAuthor(text, NAME, URL)).to.equal(expected);
    });
  }

  for (const phone of [
    '+7 910 123-45-67',
    '89101234567',
    '8 (4812) 38-00-11',
    '8-910-123-45-67',
    '+7(910)1234567',
  ]) {
    it(`has no telephone ${phone}`, () => {
      expect(withoutContacts(`звоните ${phone}.`, null, null)).to.equal('звоните [скрыто].');
    });
  }

  it('keeps numbers that are no telephones', () => {
    const text = 'заявка 89101234567890, дом 8, 2026-11-25, 18:00, кадастр 67:27:0020101:15';
    expect(withoutContacts(text, null, null)).to.equal(text);
  });
});
