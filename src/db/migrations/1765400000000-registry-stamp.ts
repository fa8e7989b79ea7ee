import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whatever changes the registry changes its stamp, so that a process knows whether what it has read still
 * holds. The numbers come from a sequence: one that was rolled back does not come again.
 */
export class RegistryStamp1765400000000 implements MigrationInterface {
  name = 'RegistryStamp1765400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence registry_stamps;
      create table registry_stamp (
        id boolean primary key default true check (id),
        stamp bigint not null default nextval('registry_stamps'));
      insert into registry_stamp default values;
      create function stamp_registry() returns trigger language plpgsql as $$
      begin
        update registry_stamp set stamp = default;
        return null;
      end $$`);
    for (const table of TABLES) {
      await runner.query(`
        create trigger ${table}_stamps_registry
        after insert or update or delete or truncate on ${table}
        for each statement execute function stamp_registry()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`drop trigger ${table}_stamps_registry on ${table}`);
    }
    await runner.query(`
      drop function stamp_registry();
      drop table registry_stamp;
      drop sequence registry_stamps`);
  }
}

const TABLES = ['region', 'agency', 'official'];
