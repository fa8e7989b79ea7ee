import type { ParsedMail } from 'mailparser';
import type { Storage } from '../storage.ts';

export interface MailAttachment {
  filename: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Name in the storage. */
  file: string;
}

export interface Mail {
  id: number;
  /** ISO, when it came. */
  at: string;
  from: string;
  /** As the sender gave it, in angle brackets; empty: none was given. */
  messageId: string;
  /** Addresses of the SMTP envelope: whom it really went to. */
  to: string[];
  subject: string;
  text: string;
  /** Null: the mail has no HTML part. */
  html: string | null;
  attachments: MailAttachment[];
}

/** Older mails are forgotten beyond this many. */
const KEPT = 2000;

export interface Mailbox {
  /** Newest first; `to` leaves only mails to that address. */
  messages(to?: string): Mail[];
  find(id: number): Mail | undefined;
  file(name: string): Buffer | null;
  add(parsed: ParsedMail, from: string, to: string[]): Mail;
  clear(): void;
}

export function createMailbox(storage: Storage, now: () => Date): Mailbox {
  let mails = (storage.load() as Mail[] | null) ?? [];
  return {
    messages: (to) =>
      mails
        .filter((mail) => !to || mail.to.some((one) => one.toLowerCase() === to.toLowerCase()))
        .toReversed(),
    find: (id) => mails.find((mail) => mail.id === id),
    file: (name) => storage.get(name),
    add(parsed, from, to) {
      const id = (mails.at(-1)?.id ?? 0) + 1;
      const mail: Mail = {
        id,
        at: now().toISOString(),
        from,
        messageId: parsed.messageId ?? '',
        to,
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        html: parsed.html || null,
        attachments: parsed.attachments.map((part, index) => {
          const file = `${id}-${index}`;
          storage.put(file, part.content);
          const filename = part.filename ?? `файл-${index + 1}`;
          return { filename, contentType: part.contentType, size: part.size, file };
        }),
      };
      mails = [...mails, mail].slice(-KEPT);
      storage.save(mails);
      return mail;
    },
    clear() {
      mails = [];
      storage.wipe();
    },
  };
}
