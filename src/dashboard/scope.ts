import type { Principal } from '../access/principal.ts';

/** Whose figures somebody may see. */
export interface Scope {
  /** As in `figure_day`: `*` for all, an agency's code, `@login` for an official's agencies. */
  key: string;
  /** Null: all agencies. */
  agencies: readonly string[] | null;
}

/** Null: no agency at all, so no figures. An executor sees their own, a deputy governor those supervised. */
export function scopeOf({ agencies, login }: Principal): Scope | null {
  if (agencies === 'all') return { key: '*', agencies: null };
  const [only] = agencies;
  if (only === undefined) return null;
  return { key: agencies.length === 1 ? only : `@${login}`, agencies };
}

/** The scope narrowed down to one agency of it; null: it is not theirs. */
export function narrowed(scope: Scope, agency: string | undefined): Scope | null {
  if (agency === undefined) return scope;
  if (scope.agencies !== null && !scope.agencies.includes(agency)) return null;
  return { key: agency, agencies: [agency] };
}
