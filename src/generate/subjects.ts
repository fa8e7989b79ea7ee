/** What made-up messages are about: a topic, the agencies that answer for it, how often, and words. */
export interface Subject {
  topic: string;
  agencies: readonly string[];
  weight: number;
  texts: readonly string[];
}

export const SUBJECTS: readonly Subject[] = [
  {
    topic: 'roads',
    agencies: ['mintrans'],
    weight: 18,
    texts: ['Когда отремонтируют дорогу?', 'На повороте яма, уже три колеса пробили.'],
  },
  {
    topic: 'heating',
    agencies: ['minzhkh'],
    weight: 14,
    texts: ['Батареи еле тёплые, в квартире шестнадцать градусов.', 'Второй день нет воды.'],
  },
  {
    topic: 'housing',
    agencies: ['gzhi', 'minzhkh'],
    weight: 11,
    texts: ['Крыша течёт, управляющая компания не отвечает.', 'Лифт стоит неделю.'],
  },
  {
    topic: 'health',
    agencies: ['minzdrav'],
    weight: 12,
    texts: ['Не могу записаться к врачу: нет талонов.', 'В аптеке нет льготного лекарства.'],
  },
  {
    topic: 'education',
    agencies: ['minobr'],
    weight: 8,
    texts: ['В школе холодно, дети сидят в куртках.', 'Сколько ещё ждать места в детском саду?'],
  },
  {
    topic: 'transport',
    agencies: ['mintrans'],
    weight: 8,
    texts: ['Автобус не пришёл, прождали час.', 'Верните вечерний рейс.'],
  },
  {
    topic: 'improvement',
    agencies: ['minzhkh'],
    weight: 7,
    texts: ['Во дворе темно, фонари не горят.', 'Детская площадка сломана.'],
  },
  {
    topic: 'waste',
    agencies: ['minprirody'],
    weight: 7,
    texts: ['Мусор не вывозят вторую неделю.', 'Свалка за гаражами растёт.'],
  },
  {
    topic: 'social',
    agencies: ['minsoc'],
    weight: 5,
    texts: ['Не пришло пособие на ребёнка.', 'Какие документы нужны для выплаты?'],
  },
  {
    topic: 'animals',
    agencies: ['veterinary'],
    weight: 3,
    texts: ['Стая собак у остановки, страшно за детей.', 'Куда сообщить о бездомных собаках?'],
  },
  {
    topic: 'digital',
    agencies: ['mincifra'],
    weight: 3,
    texts: ['В деревне нет сотовой связи.', 'Не открывается запись в электронную очередь.'],
  },
  {
    topic: 'culture',
    agencies: ['minkult'],
    weight: 2,
    texts: ['Когда откроется библиотека после ремонта?', 'Памятнику нужен уход.'],
  },
  {
    topic: 'sport',
    agencies: ['minsport'],
    weight: 2,
    texts: ['Бассейн закрыт без объявления.', 'Нужна спортивная площадка.'],
  },
  {
    topic: 'forest',
    agencies: ['minles'],
    weight: 2,
    texts: ['Рубят лес у посёлка, законно ли это?', 'Как получить дрова?'],
  },
  {
    topic: 'construction',
    agencies: ['minstroy'],
    weight: 2,
    texts: ['Когда переселят из аварийного дома?', 'Стройка остановилась.'],
  },
  {
    topic: 'labour',
    agencies: ['mintrud'],
    weight: 1,
    texts: ['Задерживают зарплату второй месяц.', 'Как встать на учёт по безработице?'],
  },
];

export const NETWORKS: readonly (readonly [string, number])[] = [
  ['vk', 64],
  ['ok', 22],
  ['x', 5],
  ['facebook', 5],
  ['instagram', 4],
];

export const KINDS = ['statement', 'request', 'complaint', 'proposal', 'question'] as const;
