import type { Tx } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import type { UrgentReport } from '../db/entities/urgent-report.ts';
import { rowBy } from '../db/row-by.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { localTime } from '../procedure/local-time.ts';
import type { RegionSettings } from '../registry/settings.ts';
import type { About, UrgentLinks } from './about.ts';

/** A message that the curator marked as acutely significant. */
export async function aboutMessage(
  tx: Tx,
  messageId: string,
  report: UrgentReport,
  { topics, municipalities, zone }: RegionSettings,
  { pageLink }: UrgentLinks,
): Promise<About> {
  const message = await rowBy(tx, MessageEntity, { id: messageId });
  const page = pageLink(messageId);
  const topic = topics.find(({ code }) => code === message.topic)?.name;
  const place = municipalities.find(({ code }) => code === message.municipality)?.name;
  return {
    messageId,
    of: 'об остро значимом сообщении',
    found: 'остро значимое сообщение',
    subject: 'Доклад об остро значимой информации в социальных сетях',
    facts: [
      ['Основание', report.grounds],
      ['Тема', topic ?? 'не определена'],
      ['Муниципальное образование', place ?? 'не определено'],
      ['Размещено', localTime(message.publishedAt, zone)],
      ['Выявлено', localTime(report.openedAt, zone)],
    ],
    mail: [`Сообщение: ${message.url}`, `История: ${page}`, '', 'Текст сообщения:', message.text],
    card: [
      `**Сообщение:** [в сети](<${message.url}>), [история](<${page}>)`,
      excerpt(message.text, 3_500, '… полный текст — на странице сообщения'),
    ],
    attachments: () => Promise.resolve([]),
  };
}
