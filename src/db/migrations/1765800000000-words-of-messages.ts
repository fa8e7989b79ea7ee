import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The words by which messages are searched stand in a table of their own: a message changes half a dozen
 * times on its way to the answer, its text hardly ever.
 */
export class WordsOfMessages1765800000000 implements MigrationInterface {
  name = 'WordsOfMessages1765800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
drop index message_words;
create table message_words (
  message_id uuid primary key references message on delete cascade,
  words tsvector not null
);
-- A word list has a limit of a megabyte; no network has texts of this length.
create function words_of(text text) returns tsvector language sql immutable parallel safe
return to_tsvector('russian', left(text, 100000));
create function keep_words_of_found() returns trigger language plpgsql as $$
begin
  insert into message_words select id, words_of(text) from found;
  return null;
end $$;
create function keep_words_of_edited() returns trigger language plpgsql as $$
begin
  update message_words set words = words_of(new.text) where message_id = new.id;
  return null;
end $$;
create trigger words_of_found after insert on message referencing new table as found
  for each statement execute function keep_words_of_found();
create trigger words_of_edited after update of text on message for each row
  when (old.text is distinct from new.text) execute function keep_words_of_edited();
insert into message_words select id, words_of(text) from message;
create index message_words_found on message_words using gin (words);
`;

const DOWN = `
drop trigger words_of_found on message;
drop trigger words_of_edited on message;
drop function keep_words_of_found, keep_words_of_edited, words_of;
drop table message_words;
create index message_words on message using gin (to_tsvector('russian', left(text, 100000)));
`;
