import type { Tx } from '../db/data-source.ts';
import { addVersion } from '../templates/save.ts';
import type { TemplateDefinition } from './templates.ts';

/**
 * Adds the templates that were never there. What is there is the curator's: the file neither changes it
 * nor brings back what was withdrawn. Returns the codes added.
 */
export async function seedTemplates(
  tx: Tx,
  templates: readonly TemplateDefinition[],
): Promise<string[]> {
  const added: string[] = [];
  for (const { code: name, title, topic, network, text } of templates) {
    const [row] = await tx.query<{ id: string }[]>(
      `insert into answer_template (id, code, version) values (gen_random_uuid(), $1, 1)
       on conflict (code) do nothing returning id`,
      [name],
    );
    if (!row) continue;
    const content = { title, topic: topic ?? null, network: network ?? null, text };
    await addVersion(tx, row.id, 1, content, { name: 'загрузка региона' });
    added.push(name);
  }
  return added;
}
