import type { Side } from '../../../attachments/links.ts';
import type { Message } from '../../../db/entities/message.ts';
import type { History } from '../../../db/history.ts';
import { networkNames } from '../../../procedure/card.ts';
import type { Related } from '../../../db/related.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { excerptLine } from '../../../procedure/excerpt-line.ts';
import { localTime } from '../../../procedure/local-time.ts';
import { layout, type Frame } from '../layout.ts';
import { relatedSection } from '../related.ts';
import { tokenField } from '../token-field.ts';
import { clocksOf } from './clocks.ts';
import { eventsOf } from './events.ts';
import { fileListOf, filePages, type FileLink } from './files.ts';
import { postOf } from './post.ts';
import { processOf, type Progress } from './process.ts';
import { answerOf, proofOf } from './proof.ts';
import { faultForm, shortcomingsOf } from './shortcomings.ts';
import { versionsOf } from './versions.ts';

export interface MessagePage {
  related: Related;
  /** For times that people read. */
  zone: string;
  fileLink: FileLink;
  /** Fresh links to the pages of files, for a curator while the message is in work. */
  attachmentLink: ((side: Side, id: string) => string) | null;
  canWithdraw: boolean;
  /** Whether a fault of substance may be noted (clause 12). */
  canNoteFaults: boolean;
  progress: Progress;
  /** Where the work goes on, by name; none once it has ended. */
  ways: readonly (readonly [name: string, address: string])[];
  /** Null for whoever came by a link. */
  frame: Frame | null;
}

const HEAD = `<link rel="stylesheet" href="/assets/process.css">
  <link rel="stylesheet" href="/assets/message.css">
  <script type="module" src="/assets/process.js"></script>`;

export const STATUSES: Record<Message['status'], string> = {
  detected: 'выявлено',
  triage: 'на рассмотрении у куратора',
  assigned: 'у исполнителя',
  review: 'на проверке у куратора',
  answered: 'ответ опубликован',
  'not-relevant': 'не относится к ведению',
  duplicate: 'повтор',
  closed: 'закрыто без ответа',
  withdrawn: 'снято с рассмотрения',
};

/** The page of one message. */
export function messagePage(history: History, page: MessagePage): string {
  const { message } = history;
  const { zone, fileLink, attachmentLink, canWithdraw, canNoteFaults, progress, ways, frame } =
    page;
  const time = (at: Date) => localTime(at, zone);
  const token = frame?.token ?? '';
  return layout(
    'Сообщение жителя',
    `${stateOf(message, ways)}
     ${postOf(message, time)}
     ${answerOf(history, time, fileLink)}
     ${relatedSection(page.related, { time, signedIn: frame !== null })}
     ${processOf(progress)}
     ${clocksOf(history, zone)}
     ${shortcomingsOf(history, time)}
     ${canNoteFaults ? faultForm(history, token) : ''}
     ${versionsOf(history, time, fileLink)}
     ${fileListOf(history, time, fileLink)}
     ${attachmentLink === null ? '' : filePages(history, attachmentLink)}
     ${proofOf(history, time)}
     ${eventsOf(history, time)}
     ${canWithdraw ? withdrawalForm(token) : ''}`,
    HEAD,
    frame,
    `${networkNames[message.network] ?? message.network}: ${excerptLine(message.text, 60)}`,
  );
}

function stateOf({ status, reason, urgent }: Message, ways: MessagePage['ways']): string {
  const links = ways.map(
    ([name, address]) => `<a href="${escapeHtml(address)}">${escapeHtml(name)}</a>`,
  );
  return `<p class="state"><span class="badge">${STATUSES[status]}</span>
    ${urgent ? '<span class="badge late">срочно</span>' : ''}
    ${links.join(' ')}</p>
    ${reason === null ? '' : `<p class="muted">Причина: ${escapeHtml(reason)}</p>`}`;
}

const withdrawalForm = (token: string): string => `<h2>Снять с рассмотрения</h2>
  <form method="post" action="">${tokenField(token)}
  <p><label>Причина<textarea name="reason" required minlength="5" maxlength="1000"></textarea></label></p>
  <p><button>Снять с рассмотрения</button></p></form>`;
