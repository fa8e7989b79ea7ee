import { plannedOnce } from '../db/client.ts';
import type { Tx } from '../db/data-source.ts';

/** What a template says, and for what. */
export interface TemplateContent {
  title: string;
  /** Code of the topic; null: any. */
  topic: string | null;
  /** Code of the network; null: any. */
  network: string | null;
  text: string;
}

/** A template as it is now. */
export interface Template extends TemplateContent {
  id: string;
  version: number;
  editedBy: string;
  editedAt: Date;
  withdrawnAt: Date | null;
  /** Drafts that were made with it, in any version. */
  uses: number;
}

const CURRENT = `
select t.id, t.version, v.title, v.topic, v.network, v.text, v.edited_by as "editedBy",
  v.edited_at as "editedAt", t.withdrawn_at as "withdrawnAt",
  (select count(*) from template_use u where u.template_id = t.id)::int as uses
from answer_template t join answer_template_version v on v.template_id = t.id and v.version = t.version`;

/** All templates, withdrawn ones last. */
export const allTemplates = (tx: Tx): Promise<Template[]> =>
  tx.query(`${CURRENT} order by t.withdrawn_at is not null, v.title, t.id`);

/** One template; null: there is none. */
export async function templateById(tx: Tx, id: string): Promise<Template | null> {
  const [found] = await tx.query<Template[]>(`${CURRENT} where t.id = $1`, [id]);
  return found ?? null;
}

const FITTING = plannedOnce(`
select * from (${CURRENT} where t.withdrawn_at is null
  and (v.topic is null or v.topic = $1) and (v.network is null or v.network = $2)) fitting
order by (topic is null), (network is null), uses desc, title, id`);

/** Templates for a message of this topic in this network: the closest first, then those used most. */
export const fittingTemplates = (
  tx: Tx,
  { topic, network }: { topic: string | null; network: string },
): Promise<Template[]> => tx.query(FITTING, [topic, network]);

/** A version of a template and how often it was used. */
export interface TemplateVersion extends TemplateContent {
  version: number;
  editedBy: string;
  editedAt: Date;
  uses: number;
}

/** The versions of a template, the latest first. */
export const versionsOf = (tx: Tx, id: string): Promise<TemplateVersion[]> =>
  tx.query(
    `select version, title, topic, network, text, edited_by as "editedBy", edited_at as "editedAt",
       (select count(*) from template_use u
        where u.template_id = v.template_id and u.version = v.version)::int as uses
     from answer_template_version v where template_id = $1 order by version desc`,
    [id],
  );
