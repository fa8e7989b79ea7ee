import { EntitySchema } from 'typeorm';

/** A sign-in to the application's pages; role and agencies of an official follow from the registry. */
export interface Account {
  /** In lower case; that of an official, or of an administrator. */
  login: string;
  /** Null: the post stands for the name. */
  name: string | null;
  administrator: boolean;
  /** Null: signs in through the provider only. */
  passwordHash: string | null;
  /** The password was given out by an administrator and is good for choosing another one. */
  mustChange: boolean;
  locked: boolean;
  /** Made by the demo, with a password that everybody knows. */
  demo: boolean;
  createdAt: Date;
}

export const AccountEntity = new EntitySchema<Account>({
  name: 'Account',
  tableName: 'account',
  columns: {
    login: { type: 'text', primary: true },
    name: { type: 'text', nullable: true },
    administrator: { type: 'boolean' },
    passwordHash: { type: 'text', nullable: true },
    mustChange: { type: 'boolean' },
    locked: { type: 'boolean' },
    demo: { type: 'boolean' },
    createdAt: { type: 'timestamptz' },
  },
});
