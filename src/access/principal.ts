/** What a person or a program may do follows from the role; `administrator` runs the system. */
export type Role =
  'executor' | 'curator' | 'department-head' | 'deputy-governor' | 'governor' | 'administrator';

/** Who asks. */
export interface Principal {
  login: string;
  /** As people read it. */
  name: string;
  role: Role;
  /** Codes of the agencies whose messages are theirs to see. */
  agencies: readonly string[] | 'all';
  via: 'session' | 'token';
}
