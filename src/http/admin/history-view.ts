import type { RegistryVersion } from '../../db/entities/registry-version.ts';
import { escapeHtml } from '../../procedure/escape-html.ts';
import { localTime } from '../../procedure/local-time.ts';
import type { Difference } from '../../registry/differences.ts';
import { FILES } from '../../registry/parts.ts';
import type { RegionSource } from '../../registry/source.ts';
import { differenceWords } from './difference-words.ts';
import { tabs } from './views.ts';

const WHERE: Record<Difference['file'], string> = {
  'region.yaml': 'Регион',
  'officials.yaml': 'Должностные лица',
  'agencies.yaml': 'Органы власти',
  'hours.yaml': 'Рабочее время',
  'templates.yaml': 'Шаблоны ответов',
  networks: 'Социальные сети',
};

/** Who changed what, and from when it holds. */
export function historyView(list: readonly RegistryVersion[], zone: string): string {
  const rows = list.map(({ at, subject, source, changes, definition }) => {
    const what =
      changes.length > 0
        ? changes.map((change) => lineOf(change, definition)).join('<br>')
        : source === 'files'
          ? 'Реестр загружен'
          : '—';
    return `<tr><td data-name="Действует с">${localTime(at, zone)}</td>
      <td data-name="Кто">${escapeHtml(subject)}</td><td>${what}</td></tr>`;
  });
  const files = FILES.map((file) => `<a href="/admin/export/${file}">${file}</a>`).join(', ');
  return `${tabs('history')}<p>Изменённые сроки и рабочее время действуют для поручений, которые начались
    после изменения; сроки, которые уже идут, не меняются.</p>
    <p>Действующий реестр в виде файлов: ${files}.</p>
    <div class="wide history"><table class="stacks"><thead><tr><th>Действует с</th><th>Кто</th><th>Что изменено</th></tr></thead>
    <tbody>${rows.join('')}</tbody></table></div>`;
}

function lineOf(change: Difference, source: RegionSource): string {
  const { subject, before, after } = differenceWords(change, source);
  return `${WHERE[change.file]}: ${escapeHtml(subject)}: ${cell(before)} → ${cell(after)}`;
}

const cell = (value: string | null): string =>
  value === null
    ? 'нет'
    : `«${escapeHtml(value.length > 200 ? `${value.slice(0, 199)}…` : value)}»`;
