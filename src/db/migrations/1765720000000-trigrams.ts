import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createExtension } from '../create-extension.ts';
import { letters } from '../../route/letters.ts';
import { trigrams } from '../../route/sketch.ts';

const AT_ONCE = 1_000;

/**
 * Texts are compared by their trigrams, which are kept as numbers in order, instead of being made of both
 * texts for each comparison. The column of letters stays empty: an older version, which this one is started
 * beside, still writes it.
 */
export class Trigrams1765720000000 implements MigrationInterface {
  name = 'Trigrams1765720000000';

  async up(runner: QueryRunner): Promise<void> {
    // In a schema of its own: its operators would take the place of those that indexes of arrays know.
    await createExtension(runner, {
      name: 'intarray',
      purpose: 'by which likely repeats are compared',
      sql: 'create schema if not exists intarray; create extension if not exists intarray schema intarray',
    });
    await runner.query(`
      alter table likeness add column trigrams integer[], alter letters drop not null;
      alter table likeness alter trigrams set statistics 0`);
    while ((await keepSome(runner)) === AT_ONCE);
    await runner.query('update likeness set letters = null');
  }

  async down(runner: QueryRunner): Promise<void> {
    const rows = (await runner.query(
      `select message_id as id, m.text from likeness join message m on m.id = message_id
       where letters is null`,
    )) as { id: string; text: string }[];
    await runner.query(
      `update likeness set letters = given.letters
       from json_to_recordset($1) as given (id uuid, letters text) where message_id = given.id`,
      [JSON.stringify(rows.map(({ id, text }) => ({ id, letters: letters(text) })))],
    );
    await runner.query('alter table likeness drop column trigrams, alter letters set not null');
  }
}

/** Returns how many rows got their trigrams. */
async function keepSome(runner: QueryRunner): Promise<number> {
  const rows = (await runner.query(
    'select message_id as id, letters from likeness where trigrams is null limit $1',
    [AT_ONCE],
  )) as { id: string; letters: string }[];
  const kept = rows.map(({ id, letters }) => ({ id, trigrams: trigrams(letters) }));
  await runner.query(
    `update likeness set trigrams = kept.trigrams
     from json_to_recordset($1) as kept (id uuid, trigrams integer[]) where message_id = kept.id`,
    [JSON.stringify(kept)],
  );
  return rows.length;
}
