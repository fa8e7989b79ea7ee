import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their sessions and tries to sign in; when a message lost its author's personal data. */
export class Access1764500000000 implements MigrationInterface {
  name = 'Access1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table message drop column erased_at; drop table sign_in_tries, session, account',
    );
  }
}

const SCHEMA = `
create table account (
  login text primary key check (login = lower(login)),
  name text,
  administrator boolean not null default false,
  password_hash text,
  must_change boolean not null default false,
  locked boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table session (
  id text primary key,
  login text not null references account (login) on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index session_login on session (login);

create table sign_in_tries (
  key text primary key,
  tries integer not null,
  last_at timestamptz not null,
  next_at timestamptz not null
);

alter table message add column erased_at timestamptz;
create index message_to_erase on message (finished_at) where erased_at is null;
`;
