import type { Tx } from '../db/data-source.ts';
import { UrgentReportEntity, type UrgentReport } from '../db/entities/urgent-report.ts';
import { rowBy } from '../db/row-by.ts';
import { regionSettings } from '../registry/queries.ts';
import type { RegionSettings } from '../registry/settings.ts';
import { aboutMessage } from './about-message.ts';
import { aboutSurge } from './about-surge.ts';
import type { About, UrgentLinks } from './about.ts';

/** A report to the Governor with what it is about (clause 15). */
export interface UrgentFacts {
  report: UrgentReport;
  settings: RegionSettings;
  about: About;
}

export async function urgentFacts(
  tx: Tx,
  urgentReportId: string,
  links: UrgentLinks,
): Promise<UrgentFacts> {
  const report = await rowBy(tx, UrgentReportEntity, { id: urgentReportId });
  const settings = await regionSettings(tx);
  const { messageId, surgeId } = report;
  if (messageId !== null) {
    const about = await aboutMessage(tx, messageId, report, settings, links);
    return { report, settings, about };
  }
  if (surgeId === null) throw new Error(`the report ${urgentReportId} is about nothing`);
  return { report, settings, about: await aboutSurge(tx, surgeId, report, settings, links) };
}

/** The facts and what they are about as the body of a mail. */
export const mailBody = ({ about: { facts, mail } }: UrgentFacts): string[] => [
  ...facts.map(([label, value]) => `${label}: ${value}`),
  ...mail,
];
