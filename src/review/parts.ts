import { filesByIds } from '../attachments/list.ts';
import { filesText } from '../attachments/text.ts';
import type { Tx } from '../db/data-source.ts';
import { draftedAssignments } from '../db/drafted-assignments.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { rowsBy } from '../db/row-by.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import { registryOf } from '../registry/registry.ts';

/** An agency's latest draft: the whole answer or its share of a common one (clauses 8, 10). */
export interface Part {
  assignmentId: string;
  agencyName: string;
  executorPost: string;
  version: number;
  text: string;
  /** Names of its photos and videos. */
  files: string[];
  /** What the curator sent this part back with, the earliest first. */
  remarks: string[];
}

/** The parts of a message in the order in which its assignments were given. */
export async function partsOf(tx: Tx, messageId: string): Promise<Part[]> {
  const [assignments, reviews, { agencies, officials }] = await Promise.all([
    draftedAssignments(tx, messageId),
    rowsBy(tx, ReviewDecisionEntity, { messageId, decision: 'rework' }, { by: ['decidedAt'] }),
    registryOf(tx),
  ]);
  const ids = assignments.map(({ id }) => id);
  const drafts = await rowsBy(tx, DraftEntity, { assignmentId: ids }, { by: ['version'] });
  const parts: Part[] = [];
  for (const { id, agencyCode, executor } of assignments) {
    const latest = drafts.filter(({ assignmentId }) => assignmentId === id).at(-1);
    if (!latest) throw new Error(`assignment ${id} is drafted and has no draft`);
    const files = await filesByIds(tx, latest.attachments);
    parts.push({
      assignmentId: id,
      agencyName: agencies.get(agencyCode)!.shortName,
      executorPost: officials.get(executor)!.post,
      version: latest.version,
      text: latest.text,
      files: files.map(({ name }) => name),
      remarks: reviews
        .filter(({ reworkAssignments }) => reworkAssignments.includes(id))
        .map(({ remarks }) => remarks ?? ''),
    });
  }
  return parts;
}

/** What Tasklist shows of one variable, with room to spare. */
const BUDGET = 7_000;

/** The parts as Markdown for the curator's forms; long texts are cut so that every part has room. */
export function partsText(parts: readonly Part[]): string {
  const share = Math.floor(BUDGET / Math.max(1, parts.length));
  return parts.map((part) => oneOf(part, share)).join('\n\n');
}

function oneOf(part: Part, budget: number): string {
  const head = `**${escapeMarkdown(part.agencyName)}**, ${escapeMarkdown(part.executorPost)}. Версия ${part.version}.`;
  const last = part.remarks.at(-1);
  const remarks =
    last === undefined
      ? ''
      : `\n\nДоработок: ${part.remarks.length}. Последние замечания:\n\n${excerpt(last, budget >> 2)}`;
  const files =
    part.files.length === 0 ? '' : `\n\n${filesText(part.files.map((name) => ({ name })))}`;
  const left = budget - head.length - remarks.length - files.length - 10;
  return `${head}\n\n${excerpt(part.text, left, MORE)}${files}${remarks}`;
}

const MORE = '… полный текст — на странице сообщения';
