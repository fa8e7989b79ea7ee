/** How staff see where a message is. */
export const STATUS_NAMES: Record<string, string> = {
  detected: 'Выявлено',
  triage: 'У куратора',
  assigned: 'У исполнителя',
  review: 'На проверке',
  answered: 'Отвечено',
  'not-relevant': 'Не относится',
  duplicate: 'Повтор',
  closed: 'Закрыто',
  withdrawn: 'Снято',
};
