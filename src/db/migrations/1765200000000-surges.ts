import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Surges of messages and the reports on them (clause 15). */
export class Surges1765200000000 implements MigrationInterface {
  name = 'Surges1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- what a text seems to be about, before the curator says so
alter table message
  add proposed_topic text,
  add proposed_municipality text;
create index message_published_at on message (published_at);

create table surge (
  id uuid primary key,
  topic text,
  municipality text,
  window_from timestamptz not null,
  detected_at timestamptz not null,
  count integer not null,
  past integer[] not null,
  low integer,
  high integer,
  last_raised_at timestamptz not null,
  ended_at timestamptz
);
create unique index surge_going_on on surge (coalesce(topic, ''), coalesce(municipality, ''))
  where ended_at is null;

alter table urgent_report
  alter message_id drop not null,
  add surge_id uuid references surge (id),
  add check ((message_id is null) <> (surge_id is null));
create index urgent_report_opened_at on urgent_report (opened_at);
`;

const DOWN = `
delete from urgent_report where surge_id is not null;
drop index urgent_report_opened_at;
alter table urgent_report drop surge_id, alter message_id set not null;
drop table surge;
drop index message_published_at;
alter table message drop proposed_topic, drop proposed_municipality;
`;
