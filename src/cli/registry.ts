import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Database } from '../db/data-source.ts';
import { InputError } from '../errors.ts';
import type { Changes } from '../registry/changes.ts';
import { importRegion, type ImportReport } from '../registry/import.ts';
import { regionIn } from '../registry/load.ts';
import { FILES } from '../registry/parts.ts';
import type { RegionDefinition } from '../registry/region.ts';
import { yamlOf } from '../registry/source.ts';
import { latestVersion } from '../registry/versions.ts';
import { databaseUrl } from './database-url.ts';

export interface RegistryDeps {
  /** `url` is a `postgresql://` address. */
  openDatabase: (url: string) => Promise<Database>;
}

/** `registry check DIR`, `registry import DIR` and `registry export DIR`: faults go to standard error, exit code 1. */
export function registryCommand({ openDatabase }: RegistryDeps): Command {
  const registry = new Command('registry').description('реестр региона: проверить, загрузить');
  registry
    .command('check')
    .description('проверить папку региона, ничего не загружая')
    .argument('<папка>', 'например region/smolensk')
    .action((dir: string, _options: unknown, command: Command) =>
      answer(command, async () => `Ошибок нет. ${summary(await regionIn(dir))}`),
    );
  registry
    .command('import')
    .description('проверить папку региона и загрузить её: целиком или никак (нужна DATABASE_URL)')
    .argument('<папка>', 'например region/smolensk')
    .option('--overwrite', 'отменить правки, сделанные на странице «Управление»')
    .action((dir: string, { overwrite = false }: { overwrite?: boolean }, command: Command) =>
      answer(command, async () => {
        const region = await regionIn(dir);
        const db = await openDatabase(databaseUrl());
        try {
          const report = await importRegion(db, region, { overwrite });
          return `Регион загружен. ${summary(region)}\n${describe(report)}`;
        } finally {
          await db.destroy();
        }
      }),
    );
  registry
    .command('export')
    .description('выгрузить действующий реестр в файлы папки (нужна DATABASE_URL)')
    .argument('<папка>', 'файлы в ней будут заменены')
    .action((dir: string, _options: unknown, command: Command) =>
      answer(command, async () => {
        const db = await openDatabase(databaseUrl());
        try {
          const latest = await latestVersion(db.manager);
          if (latest === null) throw new InputError('регион не загружен: выгружать нечего');
          await mkdir(dir, { recursive: true });
          for (const file of FILES) {
            await writeFile(join(dir, file), yamlOf(latest.definition, file));
          }
          return `Выгружено в ${dir}: ${FILES.join(', ')}. Пояснения, что были в файлах, не сохраняются.`;
        } finally {
          await db.destroy();
        }
      }),
    );
  return registry;
}

/** Prints what `action` says, or what is wrong with the input. */
async function answer(command: Command, action: () => Promise<string>): Promise<void> {
  try {
    command.configureOutput().writeOut?.(`${await action()}\n`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    command.error(error.message, { exitCode: 1 });
  }
}

const summary = ({ settings, agencies, officials }: RegionDefinition): string =>
  `${settings.name}: органов — ${agencies.length}, должностных лиц — ${officials.length}, ` +
  `тем — ${settings.topics.length}, муниципальных образований — ${settings.municipalities.length}.`;

const SETTINGS = { added: 'добавлены', changed: 'изменены', unchanged: 'без изменений' };

function describe({ settings, agencies, officials, templates }: ImportReport): string {
  const kept =
    officials.kept.length > 0 ? [`оставлены в истории: ${officials.kept.join(', ')}`] : [];
  return [
    `Общие сведения: ${SETTINGS[settings]}.`,
    `Органы: ${[...named(agencies)].join('; ')}.`,
    `Должностные лица: ${[...named(officials), ...kept].join('; ')}.`,
    ...(templates.length > 0 ? [`Шаблоны ответов добавлены: ${templates.join(', ')}.`] : []),
  ].join('\n');
}

function named({ added, changed, unchanged, removed }: Changes): string[] {
  const lists = { добавлены: added, изменены: changed, исключены: removed };
  const parts = Object.entries(lists)
    .filter(([, names]) => names.length > 0)
    .map(([word, names]) => `${word}: ${names.join(', ')}`);
  return [...parts, `без изменений — ${unchanged.length}`];
}
