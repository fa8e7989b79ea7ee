import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema: the registry, messages and their way through the Procedure. */
export class Procedure1764000000000 implements MigrationInterface {
  name = 'Procedure1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table audit, poll_cursor, outbox, process_start, monthly_report, urgent_report, ' +
        'shortcoming, publication, answer, review_decision, return_request, draft, deadline, ' +
        'assignment, message, agency, official, region',
    );
  }
}

const SCHEMA = `
create table region (
  id boolean primary key default true check (id),
  settings jsonb not null
);

create table official (
  login text primary key,
  post text not null,
  rank text not null,
  role text not null check (role in ('executor','curator','department-head','deputy-governor','governor')),
  email text
);

create table agency (
  code text primary key,
  name text not null,
  short_name text not null,
  competence text not null,
  executor text references official (login),
  supervisor text not null references official (login),
  channel_kind text not null check (channel_kind in ('email','webhook')),
  channel_address text not null,
  hours jsonb not null,
  is_curator boolean not null default false,
  active boolean not null default true
);

create table message (
  id uuid primary key,
  network text not null,
  external_id text not null,
  kind text not null check (kind in ('post','comment')),
  url text not null,
  author_name text,
  author_url text,
  text text not null,
  photos jsonb not null default '[]',
  published_at timestamptz not null,
  detected_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  process_instance_key text,
  status text not null default 'detected'
    check (status in ('detected','triage','assigned','review','answered','not-relevant','duplicate','closed','withdrawn')),
  topic text,
  subject_kind text check (subject_kind in ('statement','request','complaint','proposal','question')),
  municipality text,
  urgent boolean not null default false,
  note text,
  reason text,
  duplicate_of uuid references message (id),
  triaged_at timestamptz,
  finished_at timestamptz,
  unique (network, external_id)
);
create index message_status on message (status);
create index message_detected_at on message (detected_at);

create table assignment (
  id uuid primary key,
  source_key text not null unique,
  message_id uuid not null references message (id),
  agency_code text not null references agency (code),
  executor text not null references official (login),
  received_at timestamptz not null,
  finished_at timestamptz,
  status text not null default 'open' check (status in ('open','drafted','returned','redirected','dropped')),
  rework_rounds integer not null default 0
);
create index assignment_message on assignment (message_id);

create table deadline (
  id uuid primary key,
  source_key text not null unique,
  kind text not null check (kind in ('return','draft','review','rework','remedy')),
  clause integer not null,
  message_id uuid not null references message (id),
  assignment_id uuid references assignment (id),
  agency_code text not null references agency (code),
  executor text references official (login),
  started_at timestamptz not null,
  limit_duration text not null,
  plain boolean not null,
  warn_at timestamptz,
  due_at timestamptz not null,
  provisional boolean not null,
  spent jsonb not null,
  stopped_at timestamptz,
  missed_at timestamptz
);
create index deadline_message on deadline (message_id);

create table draft (
  id uuid primary key,
  source_key text not null unique,
  assignment_id uuid not null references assignment (id),
  version integer not null,
  text text not null,
  submitted_at timestamptz not null,
  unique (assignment_id, version)
);

create table return_request (
  id uuid primary key,
  source_key text not null unique,
  assignment_id uuid not null references assignment (id),
  grounds text not null,
  suggested_agency text references agency (code),
  returned_at timestamptz not null,
  late boolean not null,
  decision text check (decision in ('redirect','refuse','drop')),
  redirected_to text references agency (code),
  decision_note text,
  decided_at timestamptz
);

create table answer (
  id uuid primary key,
  source_key text not null unique,
  message_id uuid not null references message (id),
  version integer not null,
  text text not null,
  composed_at timestamptz not null,
  unique (message_id, version)
);

create table review_decision (
  id uuid primary key,
  source_key text not null unique,
  message_id uuid not null references message (id),
  answer_id uuid not null references answer (id),
  decision text not null check (decision in ('publish','edit','rework','close')),
  remarks text,
  rework_assignments jsonb not null default '[]',
  fault text,
  decided_at timestamptz not null
);

create table publication (
  id uuid primary key,
  message_id uuid not null references message (id),
  answer_id uuid not null unique references answer (id),
  guid text not null unique,
  status text not null check (status in ('reserved','published','refused','unknown','needs-person','gone')),
  manual boolean not null default false,
  external_id text,
  permalink text,
  sent jsonb,
  received jsonb,
  reason text,
  reserved_at timestamptz not null,
  published_at timestamptz
);
create index publication_external_id on publication (external_id);
create unique index publication_once on publication (message_id) where status = 'published';

create table shortcoming (
  id uuid primary key,
  source_key text not null unique,
  kind text not null check (kind in ('deadline','substance')),
  message_id uuid not null references message (id),
  assignment_id uuid references assignment (id),
  deadline_id uuid unique references deadline (id),
  agency_code text not null references agency (code),
  executor text references official (login),
  supervisor text not null references official (login),
  description text not null,
  opened_at timestamptz not null,
  status text not null default 'open' check (status in ('open','instructed','overdue','remedied','measure','unfounded')),
  decision text check (decision in ('instruction','measure','unfounded')),
  decision_text text,
  decided_at timestamptz,
  remedy_due_at timestamptz,
  remedy_text text,
  closed_at timestamptz
);

create table urgent_report (
  id uuid primary key,
  source_key text not null unique,
  message_id uuid not null references message (id),
  grounds text not null,
  opened_at timestamptz not null,
  status text not null default 'open' check (status in ('open','confirmed','rejected','sent')),
  decision_note text,
  decided_at timestamptz,
  sent_at timestamptz
);

create table monthly_report (
  month text primary key check (month ~ '^\\d{4}-\\d{2}$'),
  figures jsonb not null,
  document text not null,
  compiled_at timestamptz not null,
  status text not null default 'compiled' check (status in ('compiled','approved','sent')),
  remarks text,
  approved_at timestamptz,
  sent_at timestamptz
);

create table process_start (
  id uuid primary key,
  message_name text not null,
  correlation_key text not null,
  variables jsonb not null,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  confirmed_at timestamptz,
  attempts integer not null default 0,
  unique (message_name, correlation_key)
);
create index process_start_open on process_start (created_at) where confirmed_at is null;

create table outbox (
  id uuid primary key,
  key text not null unique,
  channel text not null check (channel in ('email','webhook')),
  address text not null,
  subject text not null,
  body text not null,
  payload jsonb,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0,
  last_error text,
  sent_at timestamptz
);
create index outbox_open on outbox (next_attempt_at) where sent_at is null;

create table poll_cursor (
  network text not null,
  source text not null,
  position jsonb,
  lease_owner text,
  lease_until timestamptz,
  last_success_at timestamptz,
  last_error text,
  primary key (network, source)
);

create table audit (
  id bigint generated always as identity primary key,
  key text unique,
  at timestamptz not null,
  message_id uuid references message (id),
  subject text not null,
  action text not null,
  details jsonb not null default '{}'
);
create index audit_message on audit (message_id, at);
`;
