import { Command, InvalidArgumentError, Option } from 'commander';
import { createToken, revokeToken } from '../access/token.ts';
import type { Role } from '../access/principal.ts';
import { ROLES } from '../access/rights.ts';
import type { Database } from '../db/data-source.ts';
import { ApiTokenEntity, type ApiToken } from '../db/entities/api-token.ts';
import { InputError } from '../errors.ts';

const LONGEST_DAYS = 3_650;

interface Deps {
  /** `url` is a `postgresql://` address. */
  openDatabase: (url: string) => Promise<Database>;
  now?: () => Date;
}

/**
 * `token create`, `token list`, `token revoke`: access of programs to the HTTP interface. The secret
 * alone goes to standard output, once, so that a shell can keep it; what is said of it to standard error.
 */
export function tokenCommand({ openDatabase, now = () => new Date() }: Deps): Command {
  const token = new Command('token').description('ключи доступа к интерфейсу обмена (API)');
  token
    .command('create')
    .description('выпустить ключ; он показывается один раз (нужна DATABASE_URL)')
    .requiredOption('--name <название>', 'кому и для чего выдан', named)
    .addOption(new Option('--role <роль>', 'что разрешено').choices(ROLES).makeOptionMandatory())
    .option('--agency <code...>', 'органы, сообщения которых видны (executor, deputy-governor)')
    .option('--days <число>', 'срок действия в сутках', days, 365)
    .action(async (given: CreateOptions, command: Command) => {
      const { name, role, agency, days } = given;
      await withDatabase(openDatabase, async (db) => {
        const made = await createToken(db, { name, role, agencies: agency ?? null, days }, now());
        const output = command.configureOutput();
        output.writeErr?.(
          `Ключ № ${made.token.id}, роль ${role}, действует до ${day(made.token.expiresAt)}. ` +
            'Сохраните его: второй раз он показан не будет.\n',
        );
        output.writeOut?.(`${made.secret}\n`);
      });
    });
  token
    .command('list')
    .description('показать ключи, без секретов (нужна DATABASE_URL)')
    .action((_options: unknown, command: Command) =>
      withDatabase(openDatabase, async (db) => {
        const tokens = await db.manager.find(ApiTokenEntity, { order: { id: 'ASC' } });
        const lines = tokens.map((each) => line(each, now()));
        command.configureOutput().writeOut?.(`${lines.join('\n') || 'Ключей нет.'}\n`);
      }),
    );
  token
    .command('revoke')
    .description('отозвать ключ: он перестаёт действовать сразу (нужна DATABASE_URL)')
    .argument('<номер>', 'из token list', whole)
    .action((id: number, _options: unknown, command: Command) =>
      withDatabase(openDatabase, async (db) => {
        await revokeToken(db, id, now());
        command.configureOutput().writeOut?.(`Ключ № ${id} отозван.\n`);
      }),
    );
  return token;
}

interface CreateOptions {
  name: string;
  role: Role;
  agency?: string[];
  days: number;
}

async function withDatabase(
  openDatabase: Deps['openDatabase'],
  act: (db: Database) => Promise<void>,
): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (!url) {
    throw new InputError('не задана DATABASE_URL; допустимо: адрес PostgreSQL, postgresql://…');
  }
  const db = await openDatabase(url);
  await act(db).finally(() => db.destroy());
}

function line(token: ApiToken, now: Date): string {
  const { id, name, role, agencies, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  const state =
    revokedAt !== null
      ? `отозван ${day(revokedAt)}`
      : `${expiresAt <= now ? 'истёк' : 'действует до'} ${day(expiresAt)}`;
  const used = lastUsedAt === null ? 'не использовался' : `использован ${day(lastUsedAt)}`;
  const scope = agencies === null ? role : `${role} (${agencies.join(', ')})`;
  return `${id}  ${name}  ${scope}  выпущен ${day(createdAt)}  ${state}  ${used}`;
}

const day = (at: Date) => at.toISOString().slice(0, 10);

function named(given: string): string {
  const name = given.trim();
  if (/^[^\p{C}]{1,100}$/u.test(name)) return name;
  throw new InvalidArgumentError('допустимо: от 1 до 100 знаков в одной строке');
}

function whole(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('допустимо: целое число');
}

function days(given: string): number {
  const number = whole(given);
  if (number >= 1 && number <= LONGEST_DAYS) return number;
  throw new InvalidArgumentError(`допустимо: от 1 до ${LONGEST_DAYS}`);
}
