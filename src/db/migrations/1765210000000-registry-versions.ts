import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed the registry, when and how; what networks are switched to. */
export class RegistryVersions1765210000000 implements MigrationInterface {
  name = 'RegistryVersions1765210000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table registry_version (
        number serial primary key,
        at timestamptz not null default now(),
        source text not null check (source in ('files', 'page')),
        login text,
        subject text not null,
        definition jsonb not null,
        changes jsonb not null
      );
      create table network_switch (
        network text primary key,
        can_read boolean not null,
        can_reply boolean not null
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table network_switch, registry_version');
  }
}
