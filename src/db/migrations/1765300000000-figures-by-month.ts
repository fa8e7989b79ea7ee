import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures of whole months, so that a long period is not counted up from hundreds of days. */
export class FiguresByMonth1765300000000 implements MigrationInterface {
  name = 'FiguresByMonth1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table figure_month, figure_version;
      truncate figure_day;
      alter table figure_day drop column times;
      insert into figure_dirty (at) values (null);
      create index publication_published_at on publication (published_at) where status = 'published';
      create index assignment_received_at on assignment (received_at);
      create index deadline_rework_started_at on deadline (started_at) where kind = 'rework';
      create index return_request_returned_at on return_request (returned_at);
      create index shortcoming_opened_at on shortcoming (opened_at)`);
  }
}

const SCHEMA = `
-- How many answers took each number of minutes; before, a number stood there as often as it came.
truncate figure_day;
alter table figure_day add column times integer[];
insert into figure_dirty (at) values (null);

-- A month that is over, by its first day. It is there as a whole or not at all: then its days count.
create table figure_month (like figure_day);
alter table figure_month rename column day to month;
create index figure_month_period on figure_month (scope, grp, month);
create index figure_month_month on figure_month (month);

-- Others begin with the same columns.
drop index publication_published_at, assignment_received_at, deadline_rework_started_at,
  return_request_returned_at, shortcoming_opened_at;

-- Goes up with every change of the two tables.
create table figure_version (version bigint not null);
insert into figure_version values (0);
`;
