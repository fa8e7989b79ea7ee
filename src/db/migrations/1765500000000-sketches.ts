import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sketch } from '../../route/sketch.ts';

const AT_ONCE = 1_000;

/** Alike texts are found by their sketches: the index of trigrams had to look at most texts of the window. */
export class Sketches1765500000000 implements MigrationInterface {
  name = 'Sketches1765500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index likeness_letters;
      alter table likeness add column sketch integer[]`);
    while ((await drawSome(runner)) === AT_ONCE);
    await runner.query(`
      alter table likeness alter sketch set not null;
      create index likeness_sketch on likeness using gin (sketch) with (fastupdate = off)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index likeness_sketch;
      alter table likeness drop column sketch;
      create index likeness_letters on likeness using gin (letters gin_trgm_ops)
        with (fastupdate = off)`);
  }
}

/** Returns how many rows got their sketch. */
async function drawSome(runner: QueryRunner): Promise<number> {
  const rows = (await runner.query(
    'select message_id as id, letters from likeness where sketch is null limit $1',
    [AT_ONCE],
  )) as { id: string; letters: string }[];
  const drawn = rows.map(({ id, letters }) => ({ id, sketch: sketch(letters) }));
  await runner.query(
    `update likeness set sketch = drawn.sketch
     from json_to_recordset($1) as drawn (id uuid, sketch integer[]) where message_id = drawn.id`,
    [JSON.stringify(drawn)],
  );
  return rows.length;
}
