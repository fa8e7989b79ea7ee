import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens of the HTTP interface, and indexes by which its lists are read page by page. */
export class Api1764200000000 implements MigrationInterface {
  name = 'Api1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table api_token (
  id integer primary key generated always as identity,
  name text not null,
  role text not null check (role in
    ('executor','curator','department-head','deputy-governor','governor','administrator')),
  agencies jsonb,
  secret_hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

drop index message_detected_at;
drop index message_status;
create index message_detected on message (detected_at desc, id desc);
create index message_by_status on message (status, detected_at desc, id desc);
create index message_by_topic on message (topic, detected_at desc, id desc)
  where topic is not null;
create index message_by_municipality on message (municipality, detected_at desc, id desc)
  where municipality is not null;
create index message_urgent on message (detected_at desc, id desc) where urgent;
-- A word list has a limit of a megabyte; no network has texts of this length.
create index message_words on message using gin (to_tsvector('russian', left(text, 100000)));
create index assignment_by_agency on assignment (agency_code, message_id);
create index deadline_running on deadline (due_at, message_id) include (kind, clause, missed_at)
  where stopped_at is null;
`;

const DOWN = `
drop index deadline_running, assignment_by_agency, message_words, message_urgent,
  message_by_municipality, message_by_topic, message_by_status, message_detected;
create index message_status on message (status);
create index message_detected_at on message (detected_at);
drop table api_token;
`;
