import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The tables that are filled, in the order of their references, with their columns. */
export const COLUMNS = {
  message:
    'id network external_id kind url author_name text published_at detected_at process_instance_key status topic subject_kind municipality urgent reason triaged_at finished_at',
  assignment:
    'id source_key message_id agency_code executor received_at finished_at status rework_rounds',
  deadline:
    'id source_key kind clause message_id assignment_id agency_code executor started_at limit_duration plain due_at provisional spent stopped_at missed_at',
  draft: 'id source_key assignment_id version text submitted_at',
  return_request:
    'id source_key assignment_id grounds returned_at late decision redirected_to decided_at',
  answer: 'id source_key message_id version text composed_at',
  review_decision:
    'id source_key message_id answer_id decision remarks rework_assignments decided_at',
  publication: 'id message_id answer_id guid status external_id permalink reserved_at published_at',
  shortcoming:
    'id source_key kind message_id assignment_id deadline_id agency_code executor supervisor description opened_at status decision decision_text decided_at closed_at',
} as const;

export type Table = keyof typeof COLUMNS;
export type Value = string | number | boolean | Date | null;

/** Rows on their way into the database, by table. */
export class Rows {
  private readonly lines = new Map<Table, string[]>();

  /** `values` in the order of the table's columns. */
  add(table: Table, ...values: Value[]): void {
    const lines = this.lines.get(table) ?? [];
    if (lines.length === 0) this.lines.set(table, lines);
    lines.push(`${values.map(written).join('\t')}\n`);
  }

  /** Stores what has been added, each table with one COPY. */
  async store(client: Client): Promise<void> {
    for (const table of Object.keys(COLUMNS) as Table[]) {
      const lines = this.lines.get(table);
      if (!lines) continue;
      const columns = COLUMNS[table].split(' ').join(', ');
      const copy = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
      await pipeline(Readable.from(lines), copy);
    }
    this.lines.clear();
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function written(value: Value): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  return String(value).replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
}
