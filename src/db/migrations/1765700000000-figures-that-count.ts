import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A day is counted anew when what it counts has changed: a clock that only runs, the end of the time for a
 * return and a publication without its time move no figure.
 */
export class FiguresThatCount1765700000000 implements MigrationInterface {
  name = 'FiguresThatCount1765700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const DROP = `
drop trigger figures on assignment;
drop trigger figures on deadline;
drop trigger figures on publication;`;

const UP = `
create or replace function touch_figures() returns trigger language plpgsql as $$
declare
  changed constant jsonb := to_jsonb(new);
begin
  insert into figure_dirty (at)
  select (changed ->> it)::timestamptz from unnest(tg_argv) it where changed ->> it is not null;
  return null;
end $$;
${DROP}
create trigger figures after insert on assignment for each row
  execute function touch_figures('received_at');
create trigger figures after insert or update of stopped_at, missed_at on deadline for each row
  when (new.kind in ('draft', 'rework', 'review') and coalesce(new.missed_at, new.stopped_at) is not null)
  execute function touch_figures('stopped_at', 'missed_at');
create trigger figures_of_rework after insert on deadline for each row
  when (new.kind = 'rework') execute function touch_figures('started_at');
create trigger figures after insert or update of status, published_at on publication for each row
  when (new.published_at is not null) execute function touch_figures('published_at');
`;

const DOWN = `
create or replace function touch_figures() returns trigger language plpgsql as $$
begin
  insert into figure_dirty (at)
  select (to_jsonb(new) ->> it)::timestamptz from unnest(tg_argv) it
  where to_jsonb(new) ->> it is not null;
  return null;
end $$;
${DROP}
drop trigger figures_of_rework on deadline;
create trigger figures after insert or update of status on assignment for each row
  execute function touch_figures('received_at');
create trigger figures after insert or update of stopped_at, missed_at on deadline for each row
  execute function touch_figures('started_at', 'stopped_at', 'missed_at');
create trigger figures after insert or update of status on publication for each row
  execute function touch_figures('published_at');
`;
