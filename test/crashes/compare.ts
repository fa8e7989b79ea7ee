import type { EngineView } from '../system/engine-view.ts';
import { assignments } from './compare/assignments.ts';
import { clocks } from './compare/clocks.ts';
import { notices } from './compare/notices.ts';
import { posts } from './compare/posts.ts';
import { replies } from './compare/replies.ts';
import { reports } from './compare/reports.ts';
import { texts } from './compare/texts.ts';
import type { Officials } from './officials.ts';
import type { Records } from './records.ts';
import type { Town } from './town.ts';
import type { WoundUp } from './wind-up.ts';
import { readAfresh, type World } from './world.ts';

/** What a run left behind. */
export interface Remains extends WoundUp {
  world: World;
  town: Town;
  officials: Officials;
  records: Records;
}

/** One comparison: how much was compared, and what did not agree. */
export interface Finding {
  counted: Record<string, number>;
  faults: string[];
}

export type Comparison = (remains: Remains) => Promise<Finding>;

export interface Verdict {
  counted: Record<string, number>;
  /** Every disagreement between sandbox, mailboxes, database and engine; empty when all is well. */
  faults: string[];
}

/** Compares what sandbox, mailboxes, database and the engine's records say after a run. */
export async function compare(remains: Remains): Promise<Verdict> {
  const view = await readAfresh(remains.world);
  const afresh = { ...remains, world: { ...remains.world, view } };
  const counted: Verdict['counted'] = {
    'tries that the engine forgot': remains.forgotten.length,
  };
  const faults = [...remains.left, ...engine(view), ...surprises(remains.world)];
  for (const comparison of [posts, replies, assignments, clocks, texts, notices, reports]) {
    const finding = await comparison(afresh);
    Object.assign(counted, finding.counted);
    faults.push(...finding.faults);
  }
  return { counted, faults };
}

const engine = (view: EngineView): string[] => [
  ...view.incidents.map((incident) => `incident: ${incident}`),
  ...[...view.jobs(), ...view.postponed()].map((type) => `a job of ${type} is left in the engine`),
];

/** A process of the application ends only when it is killed. */
const surprises = ({ applications }: World): string[] =>
  applications.flatMap((one) => one.surprises.map((how) => `ended by itself: ${how}`));
