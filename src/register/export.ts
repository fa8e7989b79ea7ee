import type { Readable } from 'node:stream';
import type { Database } from '../db/data-source.ts';
import { streamRows } from '../db/stream-rows.ts';
import { DECISIONS, KINDS } from '../discipline/words.ts';
import { serialDays, type Cell, type Column } from '../office/cells.ts';
import { workbook } from '../office/workbook.ts';
import type { Calendars } from '../registry/calendars.ts';
import type { registerQuery, RegisterRow } from './query.ts';
import { latenessIn, repeatedIn, STATE_NAMES } from './words.ts';

const COLUMNS: Column[] = [
  { title: 'Выявлен', width: 17 },
  { title: 'Вид', width: 18 },
  { title: 'Недостаток', width: 36 },
  { title: 'Пункт', width: 8 },
  { title: 'Превышение', width: 28 },
  { title: 'Орган', width: 20 },
  { title: 'Исполнитель', width: 32 },
  { title: 'Какой за 90 дней', width: 10 },
  { title: 'Заместитель Губернатора', width: 32 },
  { title: 'Состояние', width: 16 },
  { title: 'Решение', width: 24 },
  { title: 'Содержание решения', width: 40 },
  { title: 'Решение принято', width: 17 },
  { title: 'Устранить до', width: 17 },
  { title: 'Закрыт', width: 17 },
  { title: 'Основания снятия', width: 30 },
  { title: 'В системе', width: 66, link: true },
];

/** The register as a workbook, however long. */
export function exportRegister(
  db: Database,
  query: ReturnType<typeof registerQuery>,
  given: { zone: string; calendars: Calendars; at: Date; publicUrl: string },
): Readable {
  const { zone, calendars, at, publicUrl } = given;
  const local = serialDays(zone);
  async function* cells(): AsyncGenerator<Cell[]> {
    for await (const row of streamRows<RegisterRow>(db, query)) {
      yield [
        local(row.openedAt),
        KINDS[row.kind],
        row.description,
        row.clock?.clause ?? 12,
        latenessIn(row, calendars, at),
        row.agency,
        row.executor,
        repeatedIn(row),
        row.supervisor,
        STATE_NAMES[row.status] ?? row.status,
        row.decision && DECISIONS[row.decision],
        row.decisionText,
        local(row.decidedAt),
        local(row.remedyDueAt),
        local(row.closedAt),
        row.withdrawalGrounds,
        `${publicUrl}/shortcomings/${row.id}`,
      ];
    }
  }
  return workbook([{ name: 'Недостатки', columns: COLUMNS, rows: cells() }]);
}
