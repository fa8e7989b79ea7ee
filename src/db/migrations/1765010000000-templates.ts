import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates of answers, their versions, and which drafts were made with them. */
export class Templates1765010000000 implements MigrationInterface {
  name = 'Templates1765010000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table template_use, answer_template_version, answer_template');
  }
}

const SCHEMA = `
create table answer_template (
  id uuid primary key,
  -- Of the region's file; null: made on the page.
  code text unique,
  version integer not null,
  withdrawn_at timestamptz
);

create table answer_template_version (
  template_id uuid not null references answer_template (id),
  version integer not null,
  title text not null,
  -- Null: any.
  topic text,
  network text,
  text text not null,
  edited_by text not null,
  edited_at timestamptz not null,
  primary key (template_id, version)
);

create table template_use (
  draft_id uuid primary key references draft (id),
  template_id uuid not null,
  version integer not null,
  used_by text not null,
  used_at timestamptz not null,
  foreign key (template_id, version) references answer_template_version (template_id, version)
);
create index template_use_template on template_use (template_id);
`;
