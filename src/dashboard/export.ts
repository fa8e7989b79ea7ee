import type { Readable } from 'node:stream';
import type { Database } from '../db/data-source.ts';
import { streamRows } from '../db/stream-rows.ts';
import { serialDays, type Cell, type Column } from '../office/cells.ts';
import { workbook } from '../office/workbook.ts';
import { STATUS_NAMES } from '../procedure/status-names.ts';
import type { listQuery, ListName, ListRow } from './lists.ts';
import { nameOf } from './list-page.ts';
import type { DashboardNames } from './names.ts';
import { AT_NAMES, LIST_NAMES } from './words.ts';

/** A whole list as a workbook, however long; authors' names and pages are not in it. */
export function exportList(
  db: Database,
  query: ReturnType<typeof listQuery>,
  list: ListName,
  names: DashboardNames,
  publicUrl: string,
): Readable {
  const columns: Column[] = [
    { title: AT_NAMES[list], width: 17 },
    { title: 'Срок', width: 17 },
    { title: 'Срок соблюдён', width: 15 },
    { title: 'Сообщение', width: 70 },
    { title: 'Орган', width: 30 },
    { title: 'Сеть', width: 16 },
    { title: 'Тема', width: 30 },
    { title: 'Муниципалитет', width: 34 },
    { title: 'Состояние', width: 16 },
    { title: 'В социальной сети', width: 40, link: true },
    { title: 'В системе', width: 66, link: true },
  ];
  const local = serialDays(names.zone);
  async function* cells(): AsyncGenerator<Cell[]> {
    for await (const row of streamRows<ListRow>(db, query)) {
      yield [
        local(row.at),
        local(row.dueAt),
        row.late === null ? null : row.late ? 'нет' : 'да',
        row.text,
        row.agencies,
        names.network[row.network] ?? row.network,
        nameOf(names.topic, row.topic),
        nameOf(names.municipality, row.municipality),
        STATUS_NAMES[row.status] ?? row.status,
        row.url,
        `${publicUrl}/messages/${row.messageId}`,
      ];
    }
  }
  // Excel takes 31 characters and no brackets in a sheet's name.
  const name = LIST_NAMES[list].replace(/ \(.*/, '').slice(0, 26);
  return workbook([{ name, columns, rows: cells() }]);
}
