import { InputError } from '../errors.ts';
import { readSetting } from '../setting.ts';

/**
 * The address of the application's database.
 * @throws InputError when it is not set.
 */
export function databaseUrl(): string {
  const url = readSetting('DATABASE_URL');
  if (url !== null) return url;
  throw new InputError(
    'не задана DATABASE_URL; допустимо: адрес PostgreSQL, postgresql://…, или файл с ним в DATABASE_URL_FILE',
  );
}
