import type { Tx } from '../db/data-source.ts';
import { SurgeEntity } from '../db/entities/surge.ts';
import type { UrgentReport } from '../db/entities/urgent-report.ts';
import { databaseNow } from '../db/now.ts';
import { rowBy } from '../db/row-by.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { localTime } from '../procedure/local-time.ts';
import type { RegionSettings } from '../registry/settings.ts';
import type { About, UrgentLinks } from './about.ts';
import type { SurgeMessage } from './surge/counts.ts';
import { soFar } from './surge/so-far.ts';
import { pastWords, subjectOf, usualWords } from './surge/words.ts';

/** Messages in a mail and in the task; the page has them all. */
const IN_MAIL = 40;
const IN_TASK = 8;

/** A surge of messages: why it is one, the messages up to now, and a chart. */
export async function aboutSurge(
  tx: Tx,
  surgeId: string,
  report: UrgentReport,
  settings: RegionSettings,
  { urgentLink }: UrgentLinks,
): Promise<About> {
  const { zone, topics, municipalities } = settings;
  const surge = await rowBy(tx, SurgeEntity, { id: surgeId });
  const { messages, chart } = await soFar(tx, surge, settings, await databaseNow(tx));
  const page = urgentLink(report.id);
  const nameOf = (list: readonly { code: string; name: string }[], code: string | null) =>
    list.find((it) => it.code === code)?.name;
  const rest = (shown: number) =>
    messages.length > shown ? [`Ещё ${messages.length - shown} — на странице доклада.`] : [];
  return {
    messageId: null,
    of: 'о всплеске сообщений',
    found: 'всплеск сообщений',
    subject: `Доклад о всплеске сообщений в социальных сетях: ${subjectOf(surge, settings)}`,
    facts: [
      ['Основание', report.grounds],
      ['Тема', nameOf(topics, surge.topic) ?? 'не определена'],
      ['Муниципальное образование', nameOf(municipalities, surge.municipality) ?? 'не определено'],
      ['Обычно', usualWords(surge).replace(/^обычно /, '')],
      ['В те же часы прежних недель', pastWords(surge)],
      ['Выявлено', localTime(surge.detectedAt, zone)],
      ['Сообщений с начала всплеска', String(messages.length)],
    ],
    mail: [
      `График и полный список: ${page}`,
      '',
      'Сообщения:',
      ...messages.slice(0, IN_MAIL).flatMap((message) => mailLines(message, zone)),
      ...rest(IN_MAIL),
    ],
    card: [
      `[График и полный список сообщений](<${page}>)`,
      ...messages.slice(0, IN_TASK).map((message) => cardLines(message, zone)),
      ...rest(IN_TASK),
    ],
    attachments: async () => [{ name: 'vsplesk.png', type: 'image/png', content: await chart() }],
  };
}

const mailLines = ({ publishedAt, url, text }: SurgeMessage, zone: string): string[] => [
  `${localTime(publishedAt, zone)}  ${url}`,
  `    ${short(text)}`,
];

const cardLines = ({ publishedAt, url, text }: SurgeMessage, zone: string): string =>
  `${localTime(publishedAt, zone)}, [в сети](<${url}>)\n\n${excerpt(text, 300, '…')}`;

/** The beginning of a text on one line. */
const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199).trimEnd()}…` : line;
};
