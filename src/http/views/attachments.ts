import type { Candidate } from '../../attachments/list.ts';
import { MEDIA, mediaOf } from '../../attachments/media.ts';
import type { Place } from '../../attachments/place.ts';
import { megabytes, type AttachmentLimits } from '../../attachments/receive.ts';
import { sizeOf } from '../../attachments/size-words.ts';
import type { Network } from '../../networks/port.ts';
import { escapeHtml } from '../../procedure/escape-html.ts';
import { layout } from './layout.ts';

export interface AttachmentsView {
  place: Place;
  files: readonly Candidate[];
  /** Null: switched off. */
  network: Network | null;
  limits: AttachmentLimits;
  /** The page's own path and its query with the key. */
  path: string;
  query: string;
  /** Why the last change was refused. */
  fault: string | null;
}

/** Any text will do where only the files are asked about. */
const TEXT = 'Ответ';
const EXCERPT = 300;
const HEAD =
  '<link rel="stylesheet" href="/assets/attachments.css">' +
  '<script type="module" src="/assets/attachments.js"></script>';

/** The page on which photos and videos are added to a draft or an answer. */
export function attachmentsPage(view: AttachmentsView): string {
  const { place, limits, path, query, fault } = view;
  const open = place.state === 'open';
  return layout(
    'Фото и видео к ответу',
    `${place.agencyName === null ? '' : `<p>${escapeHtml(place.agencyName)}</p>`}
     <blockquote>${escapeHtml(excerptOf(place.message.text))}</blockquote>
     ${fault === null ? '' : `<p role="alert" class="fault">${escapeHtml(fault)}</p>`}
     ${open ? `<p>${introduction(place)} ${networkTakes(view)}</p>` : `<p>${SETTLED}</p>`}
     <section id="files" aria-labelledby="files-title">
       <h2 id="files-title" tabindex="-1">${titleOf(view)}</h2>${listOf(view)}
     </section>
     ${open ? formOf(limits, `${path}${query}`) : ''}`,
    HEAD,
  );
}

const SETTLED = 'Ответ уже размещается: файлы можно посмотреть и скачать, состав не меняется.';

const introduction = ({ side }: Place): string =>
  side === 'executor'
    ? 'Всё, что есть на этой странице, уйдёт куратору, когда вы отправите проект ответа в задаче.'
    : 'Здесь файлы из проектов исполнителей и ваши. После изменений ответ проверяется заново.';

function networkTakes({ network }: AttachmentsView): string {
  if (network === null) return 'Сеть сообщения отключена: ответ с файлами размещается вручную.';
  const { count, bytes, mediaTypes } = network.limits.attachments;
  const name = escapeHtml(network.name);
  const kinds = MEDIA.filter(({ type }) => mediaTypes.includes(type)).map((it) => it.name);
  if (count === 0 || kinds.length === 0) return `${name}: ответы размещаются без фото и видео.`;
  return `${name} с одним ответом принимает файлов: до ${count}, каждый до ${megabytes(bytes)} МБ (${kinds.join(', ')}).`;
}

const titleOf = ({ files }: AttachmentsView): string => {
  const included = files.filter(({ leftOutAt }) => leftOutAt === null).length;
  return files.length === 0 ? 'Файлов пока нет' : `Файлы: ${included}`;
};

function listOf(view: AttachmentsView): string {
  const { files, network } = view;
  if (files.length === 0) return '';
  const included = files.filter(({ leftOutAt }) => leftOutAt === null);
  const alone = files.map((file) => warningsOn(network, [file]));
  const known = new Set(alone.flat());
  const together = warningsOn(network, included).filter((warning) => !known.has(warning));
  return `${together.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join('')}
    <ul class="files">${files.map((file, index) => itemOf(view, file, alone[index] ?? [])).join('')}</ul>`;
}

/** What the network will not take or not show of these files. */
function warningsOn(network: Network | null, attachments: readonly Candidate[]): string[] {
  if (network === null || attachments.length === 0) return [];
  const problems = network
    .format({ text: TEXT, attachments })
    .filter(({ rule }) => rule === 'attachments')
    .map(({ message }) => message);
  if (problems.length > 0) return problems;
  return network
    .preview({ text: TEXT, attachments })
    .dropped.map((name) => `${network.name} не покажет файл «${name}».`);
}

function itemOf(view: AttachmentsView, file: Candidate, warnings: readonly string[]): string {
  const { place, path, query } = view;
  const name = escapeHtml(file.name);
  const address = (what: string) => escapeHtml(`${path}/files/${file.id}${what}${query}`);
  const left = file.leftOutAt !== null;
  const button = (change: string, label: string) =>
    `<form method="post" action="${address(`/${change}`)}" class="change"><button
       aria-label="${label}: ${name}">${label}</button></form>`;
  const own = place.side === 'executor' || file.agencyName === null;
  const change = own
    ? button('remove', 'Убрать')
    : left
      ? button('take-in', 'Вернуть в ответ')
      : button('leave-out', 'Не размещать');
  return `<li class="file${left ? ' left-out' : ''}">
    ${lookOf(file, address(''))}
    <div class="about"><strong>${name}</strong>
      <span class="muted">${mediaOf(file.mediaType).name}, ${sizeOf(file.size)}${
        file.agencyName === null ? '' : ` · ${escapeHtml(file.agencyName)}`
      }</span>
      ${left ? '<span>Не войдёт в ответ</span>' : warnings.map((it) => `<span class="warning">${escapeHtml(it)}</span>`).join('')}
      <span class="actions"><a href="${address('')}&amp;download=1" download>Скачать</a>
      ${place.state === 'open' ? change : ''}</span></div></li>`;
}

function lookOf({ mediaType, name }: Candidate, address: string): string {
  switch (mediaOf(mediaType).shown) {
    case 'picture':
      return `<a class="look" href="${address}" target="_blank" rel="noopener"><img src="${address}"
        alt="${escapeHtml(name)}" loading="lazy"></a>`;
    case 'video':
      return `<video class="look" src="${address}" controls preload="metadata"
        aria-label="${escapeHtml(name)}"></video>`;
    case null:
      return '<span class="look none" aria-hidden="true">▶</span>';
  }
}

const formOf = (limits: AttachmentLimits, address: string): string => `
  <form id="upload" method="post" enctype="multipart/form-data" action="${escapeHtml(address)}"
    data-bytes="${limits.bytes}" data-megabytes="${megabytes(limits.bytes)}">
    <h2>Добавить</h2>
    <div class="drop">
      <label for="file">Фото или видео</label>
      <input id="file" type="file" name="file" required aria-describedby="hint"
        accept="${MEDIA.map(({ type }) => type).join()}">
      <p id="hint" class="muted">${MEDIA.map(({ name }) => name).join(', ')}; один файл — до
        ${megabytes(limits.bytes)} МБ, всего — до ${limits.count}. Сведения о месте съёмки из файлов удаляются.</p>
      <p><button>Загрузить</button></p>
    </div>
    <ul id="progress" class="progress"></ul>
    <p id="said" role="status"></p>
  </form>`;

function excerptOf(text: string): string {
  const letters = Array.from(text);
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join('')}…` : text;
}
