import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which elements a process passed; faults that the curator adds and shortcomings that are withdrawn. */
export class Discipline1765100000000 implements MigrationInterface {
  name = 'Discipline1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table process_path (
  process_instance_key text collate "C" primary key,
  elements text[] not null
);

alter table shortcoming
  add opened_by text,
  add withdrawn_at timestamptz,
  add withdrawn_by text,
  add withdrawal_grounds text,
  add constraint shortcoming_withdrawn check (
    (status = 'withdrawn') = (withdrawn_at is not null and withdrawal_grounds is not null)),
  drop constraint shortcoming_status_check,
  add constraint shortcoming_status_check check (status in
    ('open', 'instructed', 'overdue', 'remedied', 'measure', 'unfounded', 'withdrawn'));
create index shortcoming_executor on shortcoming (executor, opened_at);

drop trigger figures on shortcoming;
create trigger figures after insert or update of withdrawn_at on shortcoming for each row
  execute function touch_figures('opened_at');
`;

const DOWN = `
drop trigger figures on shortcoming;
create trigger figures after insert on shortcoming for each row
  execute function touch_figures('opened_at');
drop index shortcoming_executor;
alter table shortcoming
  drop constraint shortcoming_withdrawn,
  drop constraint shortcoming_status_check;
update shortcoming set status = 'unfounded' where status = 'withdrawn';
alter table shortcoming
  add constraint shortcoming_status_check check (status in
    ('open', 'instructed', 'overdue', 'remedied', 'measure', 'unfounded')),
  drop column opened_by,
  drop column withdrawn_at,
  drop column withdrawn_by,
  drop column withdrawal_grounds;
drop table process_path;
`;
