import { buffer } from 'node:stream/consumers';
import type { Tx } from '../db/data-source.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { rowOrNull } from '../db/row-by.ts';
import type { Attachment } from '../notify/notify.ts';
import { monthlyDocument } from './document.ts';
import { documentName, workbookName } from './file-names.ts';
import { unpackRows } from './rows.ts';
import type { Compiled } from './snapshot.ts';
import { monthlyWorkbook } from './workbook.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
export const DOCX = `${OFFICE}.wordprocessingml.document`;
export const XLSX = `${OFFICE}.spreadsheetml.sheet`;

/** The month as the curator approved it; null as long as nobody has. */
export async function closedMonth(tx: Tx, month: string): Promise<Compiled | null> {
  const report = await rowOrNull(tx, MonthlyReportEntity, { month });
  if (report === null || report.status === 'compiled') return null;
  return { snapshot: report.snapshot, rows: await unpackRows(report.rows) };
}

/** The document and the workbook of a month (clause 14): functions of what is kept and of nothing else. */
export async function monthlyFiles(compiled: Compiled): Promise<[Attachment, Attachment]> {
  const { snapshot } = compiled;
  return [
    {
      name: documentName(snapshot.month),
      type: DOCX,
      content: await monthlyDocument(snapshot),
    },
    {
      name: workbookName(snapshot.month),
      type: XLSX,
      content: await buffer(monthlyWorkbook(compiled)),
    },
  ];
}
