import { periodWords, toAddress, type Days } from '../../dashboard/filters.ts';
import type { Surge } from '../../db/entities/surge.ts';
import { networkNames } from '../../procedure/card.ts';
import { counted } from '../../procedure/counted.ts';
import { escapeHtml } from '../../procedure/escape-html.ts';
import { excerptLine } from '../../procedure/excerpt-line.ts';
import { localTime, spokenDuration } from '../../procedure/local-time.ts';
import type { RegionSettings } from '../../registry/settings.ts';
import type { Promptness, UrgentLine } from '../../urgent/list.ts';
import { CHART_HEIGHT, CHART_WIDTH } from '../../urgent/surge/chart.ts';
import type { SurgeMessage } from '../../urgent/surge/counts.ts';
import { pastWords, subjectOf, usualWords } from '../../urgent/surge/words.ts';
import { layout, type Frame } from './layout.ts';

interface UrgentList {
  rows: readonly UrgentLine[];
  more: boolean;
  promptness: Promptness;
  now: Date;
  zone: string;
  /** Null: of all times. */
  days: Days | null;
}

/** Letters of a message's text. */
const BEGINNING = 100;

const STYLE = `<style>
  .surge figure { margin: 1.5rem 0; }
  .surge figure img { width: 100%; max-width: ${CHART_WIDTH}px; height: auto; border-radius: 6px; }
  .surge blockquote { margin: .5rem 0; }
  .urgent td:nth-child(n + 2) { white-space: nowrap; }
  .urgent td small { display: block; white-space: normal; opacity: .75; }
  @media (max-width: 40rem) { .urgent td { white-space: normal !important; } }
</style>`;

/** All reports to the Governor: what, when it was found, who decided, when it was sent, how soon. */
export function urgentListPage(
  { rows, more, promptness, now, zone, days }: UrgentList,
  frame: Frame | null,
): string {
  const last = rows.at(-1);
  const older =
    more && last
      ? `<p><a href="/urgent?${escapeHtml(toAddress(days ?? {}, { before: last.openedAt.toISOString() }))}">Более ранние</a></p>`
      : '';
  const table = `<div class="wide urgent"><table class="stacks list"><thead><tr><th>Что выявлено</th>
    <th>Когда</th><th>Решение</th><th>Направлено</th><th>Заняло</th></tr></thead>
    <tbody>${rows.map((row) => lineOf(row, now, zone)).join('')}</tbody></table></div>`;
  return layout(
    'Срочные доклады Губернатору',
    `<p class="muted">${escapeHtml(promptnessWords(promptness))}</p>
     ${days ? `<p>${periodWords(days)} · <a href="/urgent">за всё время</a></p>` : ''}
     ${rows.length > 0 ? table : '<p>Докладов не было.</p>'}${older}`,
    STYLE,
    frame,
  );
}

function promptnessWords({ sent, medianMs, longestMs }: Promptness): string {
  if (medianMs === null || longestMs === null)
    return 'За последние 30 дней докладов не направляли.';
  const reports = counted(sent, ['доклад', 'доклада', 'докладов']);
  return `За последние 30 дней направлено: ${reports}. От выявления до отправки обычно ${spokenDuration(medianMs)}, дольше всего ${spokenDuration(longestMs)}.`;
}

function lineOf(row: UrgentLine, now: Date, zone: string): string {
  const { id, grounds, text, openedAt, status, tookMs } = row;
  const kind =
    text === null ? 'Всплеск сообщений' : `Отметка куратора: «${excerptLine(text, BEGINNING)}»`;
  const waits = status === 'open' ? spokenDuration(now.getTime() - openedAt.getTime()) : null;
  return `<tr><td><a href="/urgent/${id}">${escapeHtml(grounds)}</a><small>${escapeHtml(kind)}</small></td>
    <td data-name="Когда">${localTime(openedAt, zone)}</td>
    <td data-name="Решение">${waits === null ? decisionOf(row, zone) : `<span class="late">ожидается уже ${waits}</span>`}</td>
    <td data-name="Направлено">${sentOf(row, zone)}</td>
    <td data-name="Заняло">${tookMs === null ? '—' : spokenDuration(tookMs)}</td></tr>`;
}

const DECISIONS = {
  open: 'ожидается',
  confirmed: 'подтверждён',
  sent: 'подтверждён',
  rejected: 'доклад не требуется',
};

function decisionOf(
  { status, decidedAt, decidedBy, decisionNote }: UrgentLine,
  zone: string,
): string {
  const when = decidedAt === null ? '' : ` ${localTime(decidedAt, zone)}`;
  return `${DECISIONS[status]}${when}${decidedBy ? `<small>${escapeHtml(decidedBy)}</small>` : ''}
    ${decisionNote ? `<small>${escapeHtml(decisionNote)}</small>` : ''}`;
}

function sentOf({ sentAt, mailedAt }: UrgentLine, zone: string): string {
  if (sentAt === null) return '—';
  const mail = mailedAt === null ? '<small>письмо ожидает отправки</small>' : '';
  return `${localTime(sentAt, zone)}${mail}`;
}

interface SurgeView {
  report: UrgentLine;
  surge: Surge;
  settings: RegionSettings;
  messages: readonly SurgeMessage[];
  /** Messages that are not theirs to read. */
  hidden: number;
  /** Whether whoever looks may open the messages' pages. */
  withHistory: boolean;
  /** PNG. */
  chart: Buffer;
}

/** A surge: why it is one, its chart, what was decided, and the messages. */
export function surgePage(view: SurgeView, frame: Frame | null): string {
  const { report, surge, settings, messages, hidden, withHistory, chart } = view;
  const { zone } = settings;
  const facts: [string, string][] = [
    ['Обычно', escapeHtml(usualWords(surge).replace(/^обычно /, ''))],
    ['В те же часы прежних недель', escapeHtml(pastWords(surge))],
    ['Выявлено', localTime(surge.detectedAt, zone)],
    ['Состояние', surge.endedAt ? `закончился ${localTime(surge.endedAt, zone)}` : 'продолжается'],
    ['Решение', decisionOf(report, zone)],
    ['Направлено Губернатору', sentOf(report, zone)],
    ...(report.tookMs === null
      ? []
      : [['От выявления до отправки', spokenDuration(report.tookMs)] as [string, string]]),
  ];
  const caption = `Сообщения ${subjectOf(surge, settings)} по часам`;
  const known = counted(messages.length, ['сообщение', 'сообщения', 'сообщений']);
  const others = hidden > 0 ? `<p class="muted">Ещё ${hidden} — других органов власти.</p>` : '';
  return layout(
    'Всплеск сообщений',
    `<p class="notice">${escapeHtml(report.grounds)}</p>
     <div class="surge"><table class="stacks urgent">${facts
       .map(([name, value]) => `<tr><td>${name}</td><td>${value}</td></tr>`)
       .join('')}</table>
     <figure><img src="data:image/png;base64,${chart.toString('base64')}" width="${CHART_WIDTH}"
       height="${CHART_HEIGHT}" alt="${escapeHtml(caption)}, на сером фоне — обычное число">
     <figcaption class="muted">${escapeHtml(caption)}</figcaption></figure>
     <h2>${known} с начала всплеска</h2>${others}
     ${messages.map((message) => messageOf(message, zone, withHistory)).join('')}</div>`,
    STYLE,
    frame,
  );
}

const messageOf = (
  { id, network, url, text, publishedAt }: SurgeMessage,
  zone: string,
  withHistory: boolean,
): string => `<article><p>${localTime(publishedAt, zone)} ·
  <a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(networkNames[network] ?? network)}</a>
  ${withHistory ? ` · <a href="/messages/${id}">история</a>` : ''}</p>
  <blockquote>${escapeHtml(text)}</blockquote></article>`;
