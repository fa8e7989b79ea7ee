import type { OfficialDefinition } from '../officials.ts';
import type { RegionParts } from '../parts.ts';
import { didYouMean } from '../nearest.ts';

/** The official behind a login; null if its record or the file has faults of its own. */
export function officialAt(
  { officials, logins }: RegionParts,
  login: string,
  allowed: string,
): { official: OfficialDefinition | null } | { message: string } {
  const found = officials.find(({ record }) => record.login === login);
  if (found) return { official: found.record };
  if (logins === null || logins.has(login)) return { official: null };
  return {
    message: `логина «${login}» нет в officials.yaml${didYouMean(login, logins)}; допустимо: ${allowed}`,
  };
}
