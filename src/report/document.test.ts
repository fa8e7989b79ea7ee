import { expect } from 'chai';
import { agencyFigures, aSnapshot } from '../../test/snapshots.ts';
import { officeParts, wordTables, wordText } from '../../test/word.ts';
import type { MonthlyFigures, MonthlySnapshot } from '../procedure/monthly.ts';
import { monthlyDocument } from './document.ts';
import { monthlySummary } from './summary.ts';

const HOUR = 3_600_000;
const LINK = 'http://otklik.example/reports/2026-10?key=abc';

const figures: MonthlyFigures = {
  month: '2026-10',
  messages: 41,
  answered: 37,
  byAgency: [
    agencyFigures('Дороги & <мосты>', {
      received: 30,
      answered: 20,
      inTime: 18,
      latenessMs: 3 * HOUR,
      longestLatenessMs: 2 * HOUR,
      late: 3,
      outstanding: 1,
      returns: 5,
      lateReturns: 1,
      acceptedReturns: 4,
      reworkRounds: 6,
      shortcomings: 2,
      instructions: 1,
      measures: 1,
    }),
    agencyFigures('здрав', { received: 10, answered: 10, inTime: 10 }),
  ],
  structure: {
    topic: { roads: 30, 'old-topic': 10, unknown: 1 },
    network: { vk: 41 },
    municipality: { smolensk: 41 },
    kind: { complaint: 40, unknown: 1 },
  },
};
const previous: MonthlyFigures = {
  ...figures,
  month: '2026-09',
  messages: 44,
  structure: { ...figures.structure, topic: { roads: 40, health: 4 } },
};

describe('The monthly document (clause 14)', () => {
  let full: MonthlySnapshot;
  let file: Buffer;
  before(async () => {
    full = await aSnapshot({ figures, previous });
    file = await monthlyDocument(full);
  });

  it('is addressed, has a title and a period, tells the month in words and is signed', () => {
    const text = wordText(file);
    for (const part of [
      'Заместителю Губернатора Смоленской области по вопросам информационной политики',
      'СВОДНЫЕ ДАННЫЕ',
      'за период с 1 по 31 октября 2026 года',
      'В октябре 2026 года принято в работу 41 сообщение жителей, размещенное в социальных сетях (в сентябре 2026 года – 44, изменение: −3). Размещено ответов – 37.',
      'получено поручений – 40, подготовлено проектов ответов – 30, из них в установленный пунктом 6 Порядка срок – 28 (93,3 %), с опозданием – 2. Среднее опоздание – 1 ч 30 мин, наибольшее – 2 ч (МинДороги & <мосты>). В течение месяца срок нарушен в 3 случаях, к концу месяца не исполнено из них – 1.',
      'поручений – 5 (в срок – 4, с опозданием – 1; принято возвратов – 4)',
      '«Дороги» – 30 (73,2 %); «old-topic» – 10 (24,4 %)',
      'по состоянию на 02.11.2026 09:00',
      'Приложение: сведения, по которым рассчитаны показатели, в электронном виде (файл «svodnye-dannye-2026-10.xlsx»).',
      'Начальник Департамента Смоленской области по внутренней политике',
      '(подпись)',
    ]) {
      expect(text).to.contain(part);
    }
  });

  it('has numbered tables with every figure, by agency and in all', () => {
    const titles = wordText(file).match(/^Таблица \d+ – .*$/gm);
    expect(titles).to.deep.equal([
      'Таблица 1 – Основные показатели',
      'Таблица 2 – Соблюдение срока подготовки ответов (пункт 6 Порядка)',
      'Таблица 3 – Возвраты, доработки, недостатки и меры (пункты 5, 9, 12 и 13 Порядка)',
      'Таблица 4 – Структура информации по темам',
      'Таблица 5 – Структура информации по социальным сетям',
      'Таблица 6 – Структура информации по муниципальным образованиям',
      'Таблица 7 – Структура информации по видам',
    ]);
    const [, answers, returns] = wordTables(file);
    expect(answers?.slice(1)).to.deep.equal([
      ['МинДороги & <мосты>', '30', '20', '18', '2', '1 ч 30 мин', '2 ч', '3', '1'],
      ['Минздрав', '10', '10', '10', '0', '–', '–', '0', '0'],
      ['Всего', '40', '30', '28', '2', '1 ч 30 мин', '2 ч', '3', '1'],
    ]);
    expect(returns?.at(-1)).to.deep.equal(['Всего', '5', '4', '1', '4', '6', '2', '1', '1']);
  });

  it('holds the structure against the month before, and says what there is no data of', () => {
    const topics = wordTables(file)[3];
    expect(topics).to.deep.equal([
      ['Тема', 'окт. 2026', 'Доля', 'сент. 2026', 'Изменение', 'окт. 2025', 'Изменение'],
      ['Дороги', '30', '73,2 %', '40', '−10', '–', '–'],
      ['old-topic', '10', '24,4 %', '0', '+10', '–', '–'],
      ['Не определено', '1', '2,4 %', '0', '+1', '–', '–'],
      ['Здравоохранение', '0', '0,0 %', '4', '−4', '–', '–'],
      ['Всего', '41', '100,0 %', '44', '−3', '–', '–'],
    ]);
  });

  it('has its charts as pictures with captions and words for those who cannot see them', () => {
    expect(wordText(file).match(/^Рисунок \d+ – .*$/gm)).to.have.length(4);
    const document = officeParts(file)['word/document.xml'] ?? '';
    expect(document.match(/<pic:pic/g)).to.have.length(4);
    expect(document).to.contain(
      'descr="Ответы исполнителей, подготовленные в срок и с опозданием"',
    );
  });

  it('is the same bytes each time, also from a snapshot that was stored', async () => {
    const stored = JSON.parse(JSON.stringify(full)) as MonthlySnapshot;
    expect((await monthlyDocument(stored)).equals(file)).to.equal(true);
    expect(officeParts(file)['docProps/core.xml']).to.contain('2026-11-02T06:00:00Z');
  });

  it('of a month without messages says so and has no pictures', async () => {
    const empty = await monthlyDocument(await aSnapshot());
    const text = wordText(empty);
    expect(text).to.contain('В октябре 2026 года сообщения жителей в работу не принимались.');
    expect(text).not.to.match(/Рисунок|NaN|undefined|Чаще всего/);
    expect(wordTables(empty)[3]?.at(-1)).to.deep.equal(['Всего', '0', '–', '–', '–', '–', '–']);
  });

  it('shows corrections of closed months with their facts', async () => {
    const correction = {
      month: '2026-09',
      figure: 'agency|health|acceptedReturns',
      name: 'Минздрав: возвратов принято',
      before: 3,
      after: 4,
      facts: ['возврат от 30.09.2026 17:40: решение – принят'],
      foundAt: '2026-11-02T06:00:00.000Z',
    };
    const late = {
      ...correction,
      figure: 'agency|health|latenessMs',
      before: 0,
      after: 2 * HOUR,
      facts: [],
    };
    const file = await monthlyDocument(await aSnapshot({ corrections: [correction, late] }));
    expect(wordText(file)).to.contain('Таблица 8 – Уточнение данных за закрытые месяцы');
    const corrections = wordTables(file)[7];
    expect(corrections?.slice(1)).to.deep.equal([
      ['сентябрь 2026 года', 'Минздрав: возвратов принято', '3', '4', correction.facts[0]],
      ['сентябрь 2026 года', 'Минздрав: возвратов принято', '–', '2 ч', '–'],
    ]);
  });

  it('is told in the form of its check, with the link to the page', () => {
    const text = monthlySummary(full, LINK);
    expect(text).to.contain(`(<${LINK}>)`);
    expect(text).to.contain('принято в работу 41 сообщение');
    expect(text).to.contain('**Минздрав:** получено поручений — 10');
    expect(text).to.contain('**Сообщений по социальным сетям:** ВКонтакте — 41');
    expect(text).not.to.match(/<мосты>/);
  });

  it('fits the form however many agencies there are', () => {
    const [one] = figures.byAgency;
    if (!one) throw new Error('no agency');
    const byAgency = Array.from({ length: 100 }, () => one);
    const text = monthlySummary({ ...full, figures: { ...figures, byAgency } }, LINK);
    expect(text.length).to.be.lessThan(7_200);
    expect(text).to.match(/полностью — по ссылке$/);
  });
});
