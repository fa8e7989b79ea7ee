import type { Sheet } from '../procedure/monthly.ts';

/** A column of rows; `flag` is yes or no, `span` a duration. */
export interface SheetColumn {
  key: string;
  title: string;
  kind: 'text' | 'time' | 'number' | 'span' | 'flag' | 'link';
  /** In characters. */
  width: number;
}

interface SheetDefinition {
  /** Of the sheet in the workbook. */
  title: string;
  /** One row, as a correction names it. */
  fact: string;
  columns: SheetColumn[];
}

const text = (key: string, title: string, width = 22): SheetColumn => ({
  key,
  title,
  kind: 'text',
  width,
});
const time = (key: string, title: string): SheetColumn => ({ key, title, kind: 'time', width: 18 });
const flag = (key: string, title: string): SheetColumn => ({ key, title, kind: 'flag', width: 14 });
const span = (key: string, title: string): SheetColumn => ({ key, title, kind: 'span', width: 18 });

const message: SheetColumn = { key: 'url', title: 'Сообщение', kind: 'link', width: 40 };
const agency = [text('agencyName', 'Орган', 26), text('executor', 'Исполнитель', 44)];

/** The rows behind the figures of clause 14, by the sheet that shows them. */
export const SHEETS: Record<Sheet, SheetDefinition> = {
  messages: {
    title: 'Сообщения',
    fact: 'сообщение',
    columns: [
      message,
      text('network', 'Социальная сеть', 18),
      time('detectedAt', 'Выявлено'),
      time('at', 'Принято в работу'),
      text('topic', 'Тема', 34),
      text('municipality', 'Муниципальное образование', 34),
      text('kind', 'Вид', 16),
      text('status', 'Состояние', 22),
    ],
  },
  publications: {
    title: 'Размещённые ответы',
    fact: 'ответ',
    columns: [
      message,
      text('network', 'Социальная сеть', 18),
      time('at', 'Размещён'),
      { key: 'permalink', title: 'Ответ', kind: 'link', width: 40 },
      flag('manual', 'Вручную'),
    ],
  },
  assignments: {
    title: 'Поручения',
    fact: 'поручение',
    columns: [message, ...agency, time('at', 'Получено'), time('dueAt', 'Срок ответа')],
  },
  drafts: {
    title: 'Подготовленные ответы',
    fact: 'проект ответа',
    columns: [
      message,
      ...agency,
      time('receivedAt', 'Получено'),
      time('dueAt', 'Срок'),
      time('at', 'Направлен куратору'),
      flag('inTime', 'В срок'),
      span('latenessMs', 'Опоздание'),
    ],
  },
  misses: {
    title: 'Нарушения срока',
    fact: 'нарушение срока',
    columns: [
      message,
      ...agency,
      time('startedAt', 'Получено'),
      time('at', 'Срок истёк'),
      flag('outstanding', 'Не исполнено к концу месяца'),
    ],
  },
  returns: {
    title: 'Возвраты',
    fact: 'возврат',
    columns: [
      message,
      ...agency,
      time('receivedAt', 'Получено'),
      time('at', 'Возвращено'),
      flag('late', 'С опозданием'),
      text('grounds', 'Обоснование', 60),
      text('decision', 'Решение куратора', 24),
    ],
  },
  reworks: {
    title: 'Доработки',
    fact: 'доработка',
    columns: [
      message,
      ...agency,
      time('at', 'Направлено на доработку'),
      time('dueAt', 'Срок'),
      flag('missed', 'Срок нарушен'),
    ],
  },
  shortcomings: {
    title: 'Недостатки',
    fact: 'недостаток',
    columns: [
      message,
      ...agency,
      time('at', 'Выявлен'),
      text('kind', 'Вид', 18),
      text('description', 'Содержание', 60),
    ],
  },
  measures: {
    title: 'Решения по недостаткам',
    fact: 'решение',
    columns: [
      message,
      ...agency,
      time('openedAt', 'Недостаток выявлен'),
      time('at', 'Решение принято'),
      text('decision', 'Решение', 26),
      text('decisionText', 'Содержание', 60),
    ],
  },
};

export const sheets = Object.keys(SHEETS) as Sheet[];
