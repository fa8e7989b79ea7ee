import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createExtension } from '../create-extension.ts';

/** Answers as threads of posts; likely repeats, answers for repeats, replies under our answers. */
export class Repeats1765000000000 implements MigrationInterface {
  name = 'Repeats1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createExtension(runner, {
      name: 'pg_trgm',
      purpose: 'by which likely repeats are found',
      sql: 'create extension if not exists pg_trgm',
    });
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table likeness;
      alter table message drop column follow_up_of;
      drop index message_repeats;
      alter table answer drop column as_thread`);
  }
}

const SCHEMA = `
alter table answer add column as_thread boolean not null default false;

-- The beginning of a recent message's text in letters that every locale knows, and the post it is under.
create table likeness (
  message_id uuid primary key references message (id) on delete cascade,
  at timestamptz not null,
  thread text not null,
  letters text not null
);
create index likeness_letters on likeness using gin (letters gin_trgm_ops);
create index likeness_at on likeness (at);
create index likeness_thread on likeness (thread);

create index message_repeats on message (duplicate_of) where duplicate_of is not null;

-- The message whose answer of ours this one replies to.
alter table message add column follow_up_of uuid references message (id);
create index message_follow_ups on message (follow_up_of) where follow_up_of is not null;
`;
