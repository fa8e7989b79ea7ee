import type { ListName } from './lists.ts';

/** What each list holds, as its title. */
export const LIST_NAMES: Record<ListName, string> = {
  all: 'Поступившие сообщения',
  work: 'В работе сейчас',
  overdue: 'Просрочены сейчас',
  soon: 'Срок истекает в течение часа',
  today: 'Отвечено сегодня',
  received: 'Поручения исполнителям',
  answered: 'Опубликованные ответы',
  returns: 'Возвраты (п. 5)',
  rework: 'Доработки (п. 9)',
  shortcomings: 'Недостатки (п. 12, 13)',
  clause6: 'Подготовка ответа (п. 6)',
  clause8: 'Рассмотрение куратором (п. 8)',
  clause9: 'Сроки доработки (п. 9)',
};

/** What the instant of a row means. */
export const AT_NAMES: Record<ListName, string> = {
  all: 'Выявлено',
  work: 'Срок',
  overdue: 'Срок',
  soon: 'Срок',
  today: 'Опубликовано',
  received: 'Получено',
  answered: 'Опубликовано',
  returns: 'Возвращено',
  rework: 'Направлено',
  shortcomings: 'Открыто',
  clause6: 'Завершено',
  clause8: 'Завершено',
  clause9: 'Завершено',
};
