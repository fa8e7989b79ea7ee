import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message that nobody was given has no figures yet: its first topic and municipality move none. */
export class FiguresOfAssigned1765600000000 implements MigrationInterface {
  name = 'FiguresOfAssigned1765600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(touch(NOTHING_YET));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(touch(''));
  }
}

/** An answer, a return and a shortcoming come of an assignment, or of a deadline. */
const NOTHING_YET = `
  if not exists (select from assignment where message_id = new.id)
    and not exists (select from deadline where message_id = new.id) then
    return null;
  end if;`;

const touch = (first: string) => `
create or replace function touch_figures_of_message() returns trigger language plpgsql as $$
begin${first}
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
end $$;`;
