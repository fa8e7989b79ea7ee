import type { AttachmentInfo, Limits, Preview, Problem } from './port.ts';

interface Content {
  text: string;
  attachments?: readonly AttachmentInfo[];
}

interface Rule {
  rule: Problem['rule'];
  /** The message for staff; null: nothing wrong. */
  check: (content: Required<Content>, limits: Limits) => string | null;
}

/**
 * What every network refuses or shows badly. Only what can be seen in the text itself: whether the
 * answer has substance is the curator's to judge (clause 11).
 */
const rules: Rule[] = [
  {
    rule: 'empty',
    check: ({ text }) => (text.trim() === '' ? 'Текст ответа пуст.' : null),
  },
  {
    rule: 'too-long',
    check: ({ text }, limits) =>
      text.length > limits.text
        ? `Ответ длиннее, чем разрешает сеть: знаков — ${text.length}, можно ${limits.text}. ` +
          `Лишних — ${text.length - limits.text}.`
        : null,
  },
  {
    rule: 'characters',
    check: ({ text }) =>
      /(?![\n\t])\p{Cc}|\p{Surrogate}/u.test(text)
        ? 'В тексте есть невидимые служебные символы. Вставьте его заново без оформления.'
        : null,
  },
  {
    rule: 'markup',
    check: ({ text }) =>
      quoting(
        text,
        /<\/?[a-z][a-z0-9]*(\s[^<>]*)?>|\*\*[^*\n]+\*\*|^#{1,6}\s.*$|\[[^\]\n]+\]\(https?:[^)\n]*\)/im,
        (found) => `Разметка в сети не работает и будет видна как есть: «${found}». Уберите её.`,
      ),
  },
  {
    rule: 'placeholder',
    // `[id1|Имя]` and `[club1|Имя]` are VK's mentions.
    check: ({ text }) =>
      quoting(
        withoutLinks(text),
        /\{\{[^}\n]*\}\}|\[(?!(?:id|club|public)\d+\|)[^\]\n]{1,80}\](?!\()|_{3,}/,
        (found) => `В тексте осталось незаполненное место шаблона: «${found}».`,
      ),
  },
  {
    rule: 'link',
    check: ({ text }) =>
      quoting(
        withoutLinks(text),
        /(?<![\w@./:-])(?:www\.[\w.-]+|(?:[\p{L}\p{N}-]+\.)+(?:ru|рф|com|org|su|net)\/)\S*/iu,
        (found) => `Ссылка может не открыться: «${found}». Добавьте перед ней https://.`,
      ),
  },
  {
    rule: 'attachments',
    check: ({ attachments }, { attachments: { count } }) =>
      attachments.length > count
        ? `Вложений больше, чем разрешает сеть: ${attachments.length} вместо ${count}.`
        : null,
  },
  {
    rule: 'attachments',
    check: ({ attachments }, { attachments: { bytes, mediaTypes } }) => {
      const wrong = attachments.find((file) => !mediaTypes.includes(file.mediaType));
      if (wrong)
        return `Файл «${wrong.name}» сеть к ответу не прикрепит: подходят только изображения.`;
      const heavy = attachments.find((file) => file.size > bytes);
      if (!heavy) return null;
      return `Файл «${heavy.name}» больше ${Math.floor(bytes / 1024 / 1024)} МБ: уменьшите его.`;
    },
  },
];

/** Problems of `content` under `limits`, in the order of the rules (clause 11). */
export function findProblems(content: Content, limits: Limits): Problem[] {
  const full = { attachments: [], ...content, text: publishedText(content.text) };
  return rules.flatMap(({ rule, check }) => {
    const message = check(full, limits);
    return message === null ? [] : [{ rule, message }];
  });
}

/** What is published for a text as staff wrote it. */
export function publishedText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** The answer as a network with these limits will show it. */
export function previewOf(content: Content, limits: Limits): Preview {
  const text = publishedText(content.text);
  const files = content.attachments ?? [];
  const shown = files
    .filter((file) => limits.attachments.mediaTypes.includes(file.mediaType))
    .slice(0, limits.attachments.count);
  return {
    text,
    length: text.length,
    limit: limits.text,
    attachments: shown.map((file) => file.name),
    dropped: files.filter((file) => !shown.includes(file)).map((file) => file.name),
  };
}

/** A proper link may hold what looks like a fault elsewhere. */
function withoutLinks(text: string): string {
  return text.replace(/https?:\/\/[^\s{}]+/g, ' ');
}

function quoting(text: string, pattern: RegExp, say: (found: string) => string): string | null {
  const found = pattern.exec(text)?.[0];
  return found === undefined ? null : say(found.length > 60 ? `${found.slice(0, 60)}…` : found);
}
