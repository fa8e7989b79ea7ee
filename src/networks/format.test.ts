import { expect } from 'chai';
import { vkAt } from '../../test/vk.ts';

const vk = vkAt('http://localhost:9', { user: null, group: null }, { textLimit: 100 });
const rulesOf = (text: string) => vk.format({ text }).map(({ rule }) => rule);
const photo = { name: 'a.png', mediaType: 'image/png', size: 10 };

describe('format of an answer (clause 11)', () => {
  const wrong = [
    ['empty', ' \n '],
    ['too-long', 'а'.repeat(101)],
    ['markup', 'Работы <b>закончены</b>'],
    ['markup', 'Работы **закончены**'],
    ['markup', '# Ответ\nРаботы закончены'],
    ['markup', 'Смотрите [план](https://admin-smolensk.ru/plan)'],
    ['placeholder', 'Уважаемая {{имя}}!'],
    ['placeholder', 'Уважаемая [ФИО]!'],
    ['placeholder', 'Работы закончат ___ марта'],
    ['link', 'Смотрите admin-smolensk.ru/plan'],
    ['link', 'Смотрите www.admin-smolensk.ru'],
    ['link', 'План: смоленск.рф/план'],
    ['characters', 'Работы\u0007закончены'],
    ['characters', 'Работы \ud83d закончены'],
  ] as const;
  for (const [rule, text] of wrong) {
    it(`${rule}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(rulesOf(text)).to.deep.equal([rule]);
    });
  }

  const right = [
    'Работы закончены 3 марта. Спасибо за сообщение!',
    'План: https://admin-smolensk.ru/plan?a=[1]&b=www.x.ru',
    'Пишите на info@admin-smolensk.ru, телефон 8 (4812) 20-00-00',
    '[id1|Анна], здравствуйте! [club519001|Правительство] ответило.',
    'Площадь < 5 м², давление > 3 атм, 2 * 2 * 2 = 8 👍',
    'а'.repeat(100),
    `  ${'а'.repeat(100)}\r\n`,
  ];
  for (const text of right) {
    it(`fits: ${text.slice(0, 40)}`, () => {
      expect(vk.format({ text, attachments: [photo] })).to.deep.equal([]);
    });
  }

  it('names the fault, the rule and the remedy in Russian', () => {
    expect(vk.format({ text: 'а'.repeat(103) })[0]?.message).to.equal(
      'Ответ длиннее, чем разрешает сеть: знаков — 103, можно 100. Лишних — 3.',
    );
  });

  it('checks attachments', () => {
    const check = (files: (typeof photo)[]) => vk.format({ text: 'Готово', attachments: files });
    expect(check(Array<typeof photo>(11).fill(photo))).to.have.length(1);
    expect(check([{ ...photo, mediaType: 'application/pdf' }])).to.have.length(1);
    expect(check([{ ...photo, size: 60 * 1024 * 1024 }])).to.have.length(1);
  });

  it('previews what will be seen', () => {
    const pdf = { ...photo, name: 'акт.pdf', mediaType: 'application/pdf' };
    expect(vk.preview({ text: ' Готово.\r\n', attachments: [photo, pdf] })).to.deep.equal({
      text: 'Готово.',
      length: 7,
      limit: 100,
      attachments: ['a.png'],
      dropped: ['акт.pdf'],
    });
  });
});
