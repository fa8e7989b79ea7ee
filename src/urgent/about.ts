import type { Attachment } from '../notify/notify.ts';

/** What a report to the Governor is about, in words (clause 15). */
export interface About {
  /** Null: about a surge. */
  messageId: string | null;
  /** After «доклад»: «об остро значимом сообщении». */
  of: string;
  /** What was found, after «Срочно:» and «Выявлено». */
  found: string;
  /** The subject of the mail to the Governor. */
  subject: string;
  /** Label and value, plain text. */
  facts: [label: string, value: string][];
  /** What follows the facts in a mail, lines of plain text. */
  mail: string[];
  /** What follows the facts in the task, paragraphs of Markdown. */
  card: string[];
  /** Made when asked for: not every mail carries them. */
  attachments: () => Promise<Attachment[]>;
}

/** Where the pages are. */
export interface UrgentLinks {
  pageLink: (messageId: string) => string;
  urgentLink: (urgentReportId: string) => string;
}
