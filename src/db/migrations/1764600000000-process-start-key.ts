import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A queued start is known by its message and correlation key alone: one index less for each message. */
export class ProcessStartKey1764600000000 implements MigrationInterface {
  name = 'ProcessStartKey1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table process_start
        drop column id,
        drop constraint process_start_message_name_correlation_key_key,
        add primary key (correlation_key, message_name),
        alter column message_name type text collate "C",
        alter column correlation_key type text collate "C";
      alter table message
        alter column network type text collate "C",
        alter column external_id type text collate "C"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table process_start
        drop constraint process_start_pkey,
        add column id uuid primary key default gen_random_uuid(),
        add unique (message_name, correlation_key)`);
  }
}
