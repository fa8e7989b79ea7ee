import type { Tx } from '../db/data-source.ts';
import { RegistryVersionEntity, type RegistryVersion } from '../db/entities/registry-version.ts';
import { InputError } from '../errors.ts';
import { differences, fieldsOf, type Difference } from './differences.ts';
import type { RegionSource } from './source.ts';

/** Who changes the registry, and whether in the files or on the page. */
export type Author = Pick<RegistryVersion, 'source' | 'login' | 'subject'>;

/** Of an import from files. */
export const FILES_AUTHOR: Author = { source: 'files', login: null, subject: 'загрузка из файлов' };

/** The registry as it stands; null as long as none was imported. */
export function latestVersion(tx: Tx): Promise<RegistryVersion | null> {
  return tx.findOne(RegistryVersionEntity, { where: {}, order: { number: 'DESC' } });
}

/** Keeps what the registry is from now on; nothing when nothing changed. */
export async function addVersion(
  tx: Tx,
  definition: RegionSource,
  author: Author,
): Promise<Difference[]> {
  const latest = await latestVersion(tx);
  const changes = differences(latest?.definition ?? null, definition);
  // The first import is a beginning, not a thousand changes.
  const told = latest === null ? [] : changes;
  // What was imported without a change still says that files and registry agree again.
  const agreed = author.source === 'files' && latest?.source === 'page';
  if (changes.length > 0 || agreed) {
    await tx.insert(RegistryVersionEntity, {
      ...author,
      definition: definition as object,
      changes: told,
    });
  }
  return told;
}

/** The versions, the latest first. */
export const versions = (tx: Tx, limit: number): Promise<RegistryVersion[]> =>
  tx.find(RegistryVersionEntity, { order: { number: 'DESC' }, take: limit });

/**
 * Refuses files that would undo what was changed on the page since the last import.
 * @throws PageEdits naming each field, what it is on the page and what in the files.
 */
export async function refuseLoss(tx: Tx, wanted: RegionSource): Promise<void> {
  const latest = await latestVersion(tx);
  if (latest?.source !== 'page') return;
  const base = await tx.findOne(RegistryVersionEntity, {
    where: { source: 'files' },
    order: { number: 'DESC' },
  });
  const lost = differences(base?.definition ?? null, latest.definition).filter(
    ({ file, path, after }) =>
      file !== 'networks' && (fieldsOf(wanted[file]).get(path) ?? null) !== after,
  );
  if (lost.length > 0) throw new PageEdits(lost, (path) => wantedAt(wanted, path));
}

const wantedAt = (wanted: RegionSource, { file, path }: Difference): string | null =>
  file === 'networks' ? null : (fieldsOf(wanted[file]).get(path) ?? null);

/** Files that do not know what was changed on the page. */
export class PageEdits extends InputError {
  constructor(lost: readonly Difference[], inFiles: (difference: Difference) => string | null) {
    const lines = lost.map(
      (difference) =>
        `  ${difference.file}, ${difference.path}: на странице ${shown(difference.after)}, в файле ${shown(inFiles(difference))}`,
    );
    super(
      `Регион не загружен: файлы отменили бы правки, сделанные на странице «Управление».\n` +
        `${lines.join('\n')}\n` +
        `Внесите их в файлы (registry export ПАПКА выгрузит действующий реестр) или загрузите с --overwrite.`,
    );
  }
}

const shown = (value: string | null): string => (value === null ? 'нет' : `«${value}»`);
