import { OutboxEntryEntity } from '../../../src/db/entities/outbox.ts';
import { ShortcomingEntity } from '../../../src/db/entities/shortcoming.ts';
import { UrgentReportEntity } from '../../../src/db/entities/urgent-report.ts';
import type { Comparison } from '../compare.ts';

/** Each shortcoming and each urgent matter has one process, one notice, one end (clauses 13, 15). */
export const reports: Comparison = async ({ world: { db, view } }) => {
  const notices = await db.getRepository(OutboxEntryEntity).find();
  const shortcomings = await db.getRepository(ShortcomingEntity).find();
  const urgent = await db.getRepository(UrgentReportEntity).find();
  const faults: string[] = [];
  const times = (key: string) => notices.filter((notice) => notice.key === key).length;
  const processes = (process: string, name: string, id: string) => {
    const with_ = view.instancesWith(name, id);
    return view.instancesOf(process).filter((instance) => with_.includes(instance)).length;
  };
  for (const { id, status, closedAt } of shortcomings) {
    const run = processes('shortcoming', 'shortcomingId', id);
    if (run !== 1) faults.push(`shortcoming ${id} has ${run} processes`);
    if (times(`shortcoming:${id}:notice`) !== 1) faults.push(`shortcoming ${id} was not told`);
    if (closedAt === null) faults.push(`shortcoming ${id} is ${status}, not closed`);
  }
  for (const { id, status } of urgent) {
    const run = processes('urgent-report', 'urgentReportId', id);
    if (run !== 1) faults.push(`urgent report ${id} has ${run} processes`);
    if (!['sent', 'rejected'].includes(status)) faults.push(`urgent report ${id} is ${status}`);
    const told = times(`urgent:${id}:governor`);
    if (told !== (status === 'sent' ? 1 : 0)) {
      faults.push(`urgent report ${id} is ${status}, the Governor was told ${told} times`);
    }
  }
  return { counted: { 'urgent reports': urgent.length }, faults };
};
