import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Photos and videos of answers: which there are, and their bytes when they are kept here. */
export class Attachments1764100000000 implements MigrationInterface {
  name = 'Attachments1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table publication drop column attachments;
      alter table answer drop column attachments;
      alter table draft drop column attachments;
      drop table attachment_chunk, attachment;
    `);
  }
}

const SCHEMA = `
create table attachment (
  id uuid primary key,
  message_id uuid not null references message (id),
  assignment_id uuid references assignment (id),
  name text not null,
  media_type text not null,
  size bigint not null default 0,
  sha256 text,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  stored boolean not null default false,
  removed_at timestamptz,
  left_out_at timestamptz
);
create index attachment_message on attachment (message_id);
create index attachment_unsettled on attachment (uploaded_at) where not stored or removed_at is not null;

create table attachment_chunk (
  attachment_id uuid not null,
  number integer not null,
  content bytea not null,
  primary key (attachment_id, number)
);
alter table attachment_chunk alter column content set storage external;

alter table draft add column attachments jsonb not null default '[]';
alter table answer add column attachments jsonb not null default '[]';
alter table publication add column attachments jsonb not null default '[]';
`;
