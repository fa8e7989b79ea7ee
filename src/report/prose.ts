import { localTime, spokenDuration } from '../procedure/local-time.ts';
import type { MonthlySnapshot } from '../procedure/monthly.ts';
import { totals } from './columns.ts';
import { inMonth } from './month.ts';
import { nameIn } from './names.ts';
import { UNKNOWN } from './structure.ts';
import { counted, number } from '../procedure/counted.ts';
import { change, share } from './words.ts';

const MESSAGES = ['сообщение', 'сообщения', 'сообщений'] as const;
const TOPICS = 3;

/** What the month's figures say, in paragraphs (clause 14). */
export function prose(snapshot: MonthlySnapshot): string[] {
  const { figures } = snapshot;
  const sum = totals(figures.byAgency);
  const paragraphs = [taken(snapshot)];
  if (sum.received + sum.answered + sum.late > 0) paragraphs.push(compliance(snapshot));
  if (sum.returns + sum.reworkRounds > 0) {
    paragraphs.push(
      sentence(
        'Возвращено куратору как не относящиеся к компетенции органа (пункт 5 Порядка) поручений',
        sum.returns,
        sum.returns > 0 &&
          `в срок – ${number(sum.returns - sum.lateReturns)}, с опозданием – ${number(sum.lateReturns)}; принято возвратов – ${number(sum.acceptedReturns)}`,
      ) +
        ` Проектов ответов направлено на доработку (пункт 9 Порядка) – ${number(sum.reworkRounds)}.`,
    );
  }
  paragraphs.push(
    `Выявлено недостатков (пункты 12 и 13 Порядка) – ${number(sum.shortcomings)}. Заместителями Губернатора дано поручений об устранении недостатков – ${number(sum.instructions)}, применено мер дисциплинарного воздействия – ${number(sum.measures)}.`,
  );
  const topics = frequent(snapshot);
  if (topics !== '') paragraphs.push(`Чаще всего жители писали по темам: ${topics}.`);
  return paragraphs;
}

/** Of what time the figures are, and whether they may still change. */
export function stateOf({ at, zone, preliminary }: MonthlySnapshot): string {
  const known = `Данные приведены по состоянию на ${localTime(new Date(at), zone)}.`;
  return preliminary ? `${known} Данные предварительные: месяц не закрыт.` : known;
}

function taken({ month, figures, previous, yearBefore }: MonthlySnapshot): string {
  const { messages, answered } = figures;
  const start =
    messages === 0
      ? `В ${inMonth(month)} сообщения жителей в работу не принимались`
      : `В ${inMonth(month)} принято в работу ${counted(messages, MESSAGES)} жителей, размещенных в социальных сетях`;
  const compared = [previous, yearBefore]
    .filter((other) => other !== null)
    .map(
      (other) =>
        `в ${inMonth(other.month)} – ${number(other.messages)}, изменение: ${change(messages, other.messages)}`,
    );
  const comparison = compared.length > 0 ? ` (${compared.join('; ')})` : '';
  return `${start.replace('сообщение жителей, размещенных', 'сообщение жителей, размещенное')}${comparison}. Размещено ответов – ${number(answered)}.`;
}

function compliance({ figures }: MonthlySnapshot): string {
  const sum = totals(figures.byAgency);
  const late = sum.answered - sum.inTime;
  const inTime = share(sum.inTime, sum.answered);
  const worst = figures.byAgency.find(
    ({ longestLatenessMs }) => longestLatenessMs > 0 && longestLatenessMs === sum.longestLatenessMs,
  );
  const parts = [
    `Исполнителями получено поручений – ${number(sum.received)}, подготовлено проектов ответов – ${number(sum.answered)}`,
    sum.answered > 0 &&
      `, из них в установленный пунктом 6 Порядка срок – ${number(sum.inTime)} (${inTime}), с опозданием – ${number(late)}`,
    '.',
    late > 0 &&
      ` Среднее опоздание – ${spokenDuration(sum.latenessMs / late)}, наибольшее – ${spokenDuration(sum.longestLatenessMs)}${worst ? ` (${worst.shortName})` : ''}.`,
    ` В течение месяца срок нарушен в ${number(sum.late)} ${sum.late % 10 === 1 && sum.late % 100 !== 11 ? 'случае' : 'случаях'}${sum.outstanding > 0 ? `, к концу месяца не исполнено из них – ${number(sum.outstanding)}` : ''}.`,
  ];
  return parts.filter(Boolean).join('');
}

function frequent({ figures, names }: MonthlySnapshot): string {
  return Object.entries(figures.structure.topic)
    .filter(([code, count]) => code !== UNKNOWN && count > 0)
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .slice(0, TOPICS)
    .map(
      ([code, count]) =>
        `«${nameIn(names)('topic', code)}» – ${number(count)} (${share(count, figures.messages)})`,
    )
    .join('; ');
}

const sentence = (start: string, count: number, more: string | false): string =>
  `${start} – ${number(count)}${more ? ` (${more})` : ''}.`;
