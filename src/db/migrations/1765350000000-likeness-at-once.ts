import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A text is found by its trigrams from the start: what the index puts off, each search would have to read
 * through, and there are as many searches as texts. By statistics of the texts, PostgreSQL would compare a
 * hundred of them only to plan a search.
 */
export class LikenessAtOnce1765350000000 implements MigrationInterface {
  name = 'LikenessAtOnce1765350000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter index likeness_letters set (fastupdate = off);
      alter table likeness alter letters set statistics 0;
      select gin_clean_pending_list('likeness_letters')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter index likeness_letters reset (fastupdate);
      alter table likeness alter letters set statistics -1`);
  }
}
