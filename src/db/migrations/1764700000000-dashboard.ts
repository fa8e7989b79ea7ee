import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The dashboard's daily figures, what keeps them up to date, and indexes for its lists. */
export class Dashboard1764700000000 implements MigrationInterface {
  name = 'Dashboard1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger figures on message;
      drop trigger figures on assignment;
      drop trigger figures on deadline;
      drop trigger figures on return_request;
      drop trigger figures on publication;
      drop trigger figures on shortcoming;
      drop trigger figures on agency;
      drop function touch_figures_of_message, touch_figures, touch_all_figures;
      drop index deadline_decided, deadline_rework, assignment_received,
        assignment_agency, publication_published, return_request_returned, shortcoming_opened,
        shortcoming_message;
      drop table figure_day, figure_dirty, answer_time`);
  }
}

const SCHEMA = `
-- Working minutes from the first agency's receipt to the publication.
create table answer_time (
  message_id uuid primary key references message (id),
  minutes integer not null
);

-- A row for each day of the region, each circle of agencies ('*': all, a code, '@login': an official's)
-- and each combination of network, topic and municipality; grp is PostgreSQL's grouping() of the three.
create table figure_day (
  day date not null,
  scope text collate "C" not null,
  grp smallint not null,
  network text collate "C",
  topic text collate "C",
  municipality text collate "C",
  received integer not null,
  answered integer not null,
  returns integer not null,
  returns_late integer not null,
  rework integer not null,
  shortcomings integer not null,
  clause6 integer not null,
  clause6_late integer not null,
  clause8 integer not null,
  clause8_late integer not null,
  clause9 integer not null,
  clause9_late integer not null,
  minutes integer[]
);
create index figure_day_period on figure_day (scope, grp, day);
create index figure_day_network on figure_day (scope, grp, network, day) where network is not null;
create index figure_day_topic on figure_day (scope, grp, topic, day) where topic is not null;
create index figure_day_municipality on figure_day (scope, grp, municipality, day)
  where municipality is not null;
create index figure_day_day on figure_day (day);

-- Instants whose days are to be counted anew; null: all of them.
create table figure_dirty (
  id bigint generated always as identity primary key,
  at timestamptz
);
insert into figure_dirty (at) values (null);

create function touch_figures() returns trigger language plpgsql as $$
begin
  insert into figure_dirty (at)
  select (to_jsonb(new) ->> it)::timestamptz from unnest(tg_argv) it
  where to_jsonb(new) ->> it is not null;
  return null;
end $$;
create function touch_figures_of_message() returns trigger language plpgsql as $$
begin
  insert into figure_dirty (at)
  select received_at from assignment where message_id = new.id
  union select coalesce(missed_at, stopped_at) from deadline
    where message_id = new.id and coalesce(missed_at, stopped_at) is not null
  union select started_at from deadline where message_id = new.id and kind = 'rework'
  union select returned_at from return_request r join assignment a on a.id = r.assignment_id
    where a.message_id = new.id
  union select published_at from publication where message_id = new.id and published_at is not null
  union select opened_at from shortcoming where message_id = new.id;
  return null;
end $$;
create function touch_all_figures() returns trigger language plpgsql as $$
begin
  insert into figure_dirty (at) values (null);
  return null;
end $$;

create trigger figures after update of topic, municipality on message for each row
  when (old.topic is distinct from new.topic or old.municipality is distinct from new.municipality)
  execute function touch_figures_of_message();
create trigger figures after insert or update of status on assignment for each row
  execute function touch_figures('received_at');
create trigger figures after insert or update of stopped_at, missed_at on deadline for each row
  execute function touch_figures('started_at', 'stopped_at', 'missed_at');
create trigger figures after insert on return_request for each row
  execute function touch_figures('returned_at');
create trigger figures after insert or update of status on publication for each row
  execute function touch_figures('published_at');
create trigger figures after insert on shortcoming for each row
  execute function touch_figures('opened_at');
create trigger figures after update of executor, supervisor on agency for each row
  when (old.executor is distinct from new.executor or old.supervisor is distinct from new.supervisor)
  execute function touch_all_figures();

create index deadline_decided on deadline (kind, coalesce(missed_at, stopped_at), id);
create index deadline_rework on deadline (started_at, id) where kind = 'rework';
create index assignment_received on assignment (received_at, id);
create index assignment_agency on assignment (agency_code, received_at, id);
create index publication_published on publication (published_at, id) where status = 'published';
create index return_request_returned on return_request (returned_at, id);
create index shortcoming_opened on shortcoming (opened_at, id);
create index shortcoming_message on shortcoming (message_id);
`;
