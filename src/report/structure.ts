import type { Tx } from '../db/data-source.ts';
import type { MonthlyFigures, Section } from '../procedure/monthly.ts';

/** What stands for a message without a topic, a municipality or a kind. */
export const UNKNOWN = 'unknown';

type Combination = Record<Section, string | null> & { count: number };

/**
 * The structure of the information of `[from, to)` (clause 14): messages that the curator took into
 * work then, counted by code.
 */
export async function structureOf(
  tx: Tx,
  from: Date,
  to: Date,
): Promise<Pick<MonthlyFigures, 'messages' | 'structure'>> {
  const rows = await tx.query<Combination[]>(
    `select topic, network, municipality, subject_kind as kind, count(*)::int as count from message
     where triaged_at >= $1 and triaged_at < $2 and status not in ('not-relevant', 'duplicate')
     group by 1, 2, 3, 4`,
    [from, to],
  );
  const by = (section: Section): Record<string, number> => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const code = row[section] ?? UNKNOWN;
      counts.set(code, (counts.get(code) ?? 0) + row.count);
    }
    return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)));
  };
  return {
    messages: rows.reduce((sum, { count }) => sum + count, 0),
    structure: {
      topic: by('topic'),
      network: by('network'),
      municipality: by('municipality'),
      kind: by('kind'),
    },
  };
}
