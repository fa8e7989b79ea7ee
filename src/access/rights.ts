import type { Principal, Role } from './principal.ts';

export const ROLES = [
  'executor',
  'curator',
  'department-head',
  'deputy-governor',
  'governor',
  'administrator',
] as const satisfies readonly Role[];

/** Who may do what. Which messages: those of `Principal.agencies`, see `mayRead`. */
const RIGHTS = {
  'messages:read': ['executor', 'curator', 'department-head', 'deputy-governor', 'governor'],
  'messages:register': ['curator', 'department-head'],
  'templates:read': ['executor', 'curator', 'department-head', 'deputy-governor'],
  'templates:edit': ['curator'],
  'shortcomings:read': ['executor', 'curator', 'department-head', 'deputy-governor', 'governor'],
  'shortcomings:keep': ['curator', 'department-head'],
  'urgent:read': ['curator', 'department-head', 'deputy-governor', 'governor'],
  'reports:read': ['curator', 'department-head', 'deputy-governor', 'governor'],
  'metrics:read': ['administrator'],
  'registry:read': ['administrator', 'department-head'],
  'registry:change': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof RIGHTS;

/** Roles that see only messages that were assigned to certain agencies. */
const BY_AGENCY: ReadonlySet<Role> = new Set(['executor', 'deputy-governor']);

export const may = ({ role }: Pick<Principal, 'role'>, action: Action): boolean =>
  (RIGHTS[action] as readonly Role[]).includes(role);

/** Whether a principal of this role sees certain agencies' messages rather than all of them. */
export const isScoped = (role: Role): boolean => BY_AGENCY.has(role);

/** Whether a message or a record of `agencies` is `principal`'s to see; none of theirs is for no one but those who see all. */
export const mayRead = (
  { agencies: own }: Pick<Principal, 'agencies'>,
  agencies: readonly string[],
): boolean => own === 'all' || agencies.some((code) => own.includes(code));
