import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Months closed by a snapshot, corrections of them, files in mails (clause 14). */
export class MonthlySnapshot1764800000000 implements MigrationInterface {
  name = 'MonthlySnapshot1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- what was compiled before has no rows behind its figures: it is compiled anew
delete from monthly_report;
alter table monthly_report
  drop column figures,
  drop column document,
  add snapshot jsonb not null,
  add rows bytea not null;

create table monthly_correction (
  shown_in text not null references monthly_report (month) on delete cascade,
  month text not null references monthly_report (month),
  figure text not null,
  name text not null,
  before bigint not null,
  after bigint not null,
  facts jsonb not null,
  found_at timestamptz not null,
  primary key (shown_in, month, figure)
);
create index monthly_correction_month on monthly_correction (month);

create table outbox_attachment (
  outbox_id uuid not null references outbox (id) on delete cascade,
  ordinal integer not null,
  name text not null,
  type text not null,
  content bytea not null,
  primary key (outbox_id, ordinal)
);

create index message_triaged_at on message (triaged_at);
create index publication_published_at on publication (published_at) where status = 'published';
create index assignment_received_at on assignment (received_at);
create index draft_first_submitted_at on draft (submitted_at) where version = 1;
create index deadline_assignment on deadline (assignment_id);
create index deadline_missed_at on deadline (missed_at) where missed_at is not null;
create index deadline_rework_started_at on deadline (started_at) where kind = 'rework';
create index return_request_returned_at on return_request (returned_at);
create index shortcoming_opened_at on shortcoming (opened_at);
create index shortcoming_decided_at on shortcoming (decided_at) where decided_at is not null;
`;

const DOWN = `
drop index message_triaged_at, publication_published_at, assignment_received_at,
  draft_first_submitted_at, deadline_assignment, deadline_missed_at, deadline_rework_started_at,
  return_request_returned_at, shortcoming_opened_at, shortcoming_decided_at;
drop table outbox_attachment, monthly_correction;
delete from monthly_report;
alter table monthly_report
  drop column snapshot,
  drop column rows,
  add figures jsonb not null,
  add document text not null;
`;
