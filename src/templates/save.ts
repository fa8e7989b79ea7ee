import { randomUUID } from 'node:crypto';
import { recordAudit } from '../db/audit.ts';
import type { Tx } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';
import { InputError } from '../errors.ts';
import type { TemplateContent } from './template.ts';

/** Who changes the library. */
interface Editor {
  login: string;
  name: string;
}

/** Makes a template; returns its id. */
export async function createTemplate(
  tx: Tx,
  content: TemplateContent,
  editor: Editor,
): Promise<string> {
  const id = randomUUID();
  await tx.query('insert into answer_template (id, version) values ($1, 1)', [id]);
  await addVersion(tx, id, 1, content, editor);
  await record(tx, id, 1, editor, `создан шаблон ответа «${content.title}»`);
  return id;
}

/**
 * Adds a version; one that says the same changes nothing. `seen` is the version that was edited.
 * @throws InputError when somebody else changed the template in the meantime, or there is none.
 */
export async function editTemplate(
  tx: Tx,
  id: string,
  seen: number,
  content: TemplateContent,
  editor: Editor,
): Promise<void> {
  const current = await hold(tx, id);
  if (current.version !== seen) {
    throw new InputError(
      `Пока вы правили шаблон, его изменил ${current.editedBy}: откройте его заново.`,
    );
  }
  const same = (['title', 'topic', 'network', 'text'] as const).every(
    (field) => current[field] === content[field],
  );
  if (same) return;
  await addVersion(tx, id, seen + 1, content, editor);
  await tx.query('update answer_template set version = $2 where id = $1', [id, seen + 1]);
  await record(tx, id, seen + 1, editor, `изменён шаблон ответа «${content.title}»`);
}

/** Takes a template out of the executors' form, or puts it back; its history and uses stay. */
export async function withdrawTemplate(
  tx: Tx,
  id: string,
  withdrawn: boolean,
  editor: Editor,
): Promise<void> {
  const { title, version } = await hold(tx, id);
  await tx.query(
    'update answer_template set withdrawn_at = case when $2 then now() end where id = $1',
    [id, withdrawn],
  );
  const action = withdrawn ? 'отозван' : 'возвращён';
  await record(tx, id, version, editor, `${action} шаблон ответа «${title}»`);
}

async function hold(
  tx: Tx,
  id: string,
): Promise<TemplateContent & { version: number; editedBy: string }> {
  await tx.query('select from answer_template where id = $1 for update', [id]);
  const [current] = await tx.query<(TemplateContent & { version: number; editedBy: string })[]>(
    `select t.version, v.title, v.topic, v.network, v.text, v.edited_by as "editedBy"
     from answer_template t
     join answer_template_version v on v.template_id = t.id and v.version = t.version
     where t.id = $1`,
    [id],
  );
  if (!current) throw new InputError('Такого шаблона нет.');
  return current;
}

/** Adds a version, said by `name`. */
export async function addVersion(
  tx: Tx,
  id: string,
  version: number,
  { title, topic, network, text }: TemplateContent,
  { name }: Pick<Editor, 'name'>,
): Promise<void> {
  await tx.query(
    `insert into answer_template_version
       (template_id, version, title, topic, network, text, edited_by, edited_at)
     values ($1, $2, $3, $4, $5, $6, $7, now())`,
    [id, version, title, topic, network, text, name],
  );
}

async function record(
  tx: Tx,
  id: string,
  version: number,
  { login, name }: Editor,
  action: string,
): Promise<void> {
  await recordAudit(tx, {
    key: `template:${randomUUID()}`,
    at: await databaseNow(tx),
    messageId: null,
    subject: name,
    action,
    details: { templateId: id, version, login },
  });
}
