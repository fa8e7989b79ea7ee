import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Tx } from '../db/data-source.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial, type Attachment } from '../notify/notify.ts';
import type { MonthlySnapshot } from '../procedure/monthly.ts';
import { regionSettings } from '../registry/queries.ts';
import type { CompileDeps } from './compile-monthly-data.ts';
import { monthlyFiles } from './files.ts';
import { month as monthSchema, monthTitle } from './month.ts';
import { prose, stateOf } from './prose.ts';
import { unpackRows } from './rows.ts';

/** Reports the approved month to the deputy governor for information policy, once, with both files (clause 14). */
export function sendMonthlyData({ db, reportLink }: CompileDeps): Handler {
  return handler(
    'send-monthly-data',
    z.object({ month: monthSchema, at: instant }),
    async ({ month, at }) => {
      const { status, snapshot, rows } = await db.manager.findOneByOrFail(MonthlyReportEntity, {
        month,
      });
      if (status === 'compiled') throw new Error(`the figures of ${month} are not approved`);
      if (status === 'sent') return;
      const attachments = await monthlyFiles({ snapshot, rows: await unpackRows(rows) });
      await db.transaction((tx) => send(tx, { month, at, snapshot, attachments }));
    },
  );

  async function send(tx: Tx, { month, at, snapshot, attachments }: Sending): Promise<void> {
    const { informationPolicyDeputy } = await regionSettings(tx);
    await notifyOfficial(tx, informationPolicyDeputy, {
      key: `monthly:${month}`,
      subject: `Сводные данные за ${monthTitle(month)}`,
      body: [
        ...prose(snapshot),
        stateOf(snapshot),
        `Во вложении: документ (DOCX) и рабочая книга со сведениями, по которым рассчитаны показатели (XLSX). Те же данные на странице: ${reportLink(month)}`,
      ].join('\n\n'),
      attachments,
    });
    const sent = { status: 'sent', sentAt: at } as const;
    await tx.update(MonthlyReportEntity, { month, status: 'approved' }, sent);
    await recordAudit(tx, {
      key: `monthly:${month}:sent`,
      at,
      messageId: null,
      subject: 'система',
      action: 'направлены сводные данные за месяц',
      details: { month, to: informationPolicyDeputy },
    });
  }
}

interface Sending {
  month: string;
  at: Date;
  snapshot: MonthlySnapshot;
  attachments: Attachment[];
}
