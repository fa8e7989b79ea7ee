/**
 * `npm run -s bench [-- NAME…]`: measures and prints a line of JSON for each figure:
 * `{"name", "value", "unit", "ratio", "against", "note"}`. `ratio` says how many times `against` it is;
 * both were measured in this run, in turns. Without names everything is measured.
 */
import { dashboardLines } from './dashboard.ts';
import { deadlineLines } from './deadline.ts';
import { handlersLines } from './handlers.ts';
import { intakeHttpLines } from './intake-http.ts';
import { intakeLines } from './intake.ts';
import type { Line } from './line.ts';
import { memoryLines } from './memory.ts';
import { repeatsLines } from './repeats.ts';
import { reportLines } from './report.ts';
import { startLines } from './start.ts';
import { throughputLines } from './throughput.ts';

const benches: Record<string, () => Promise<Line[]>> = {
  deadline: deadlineLines,
  intake: async () => [...(await intakeLines()), ...(await intakeHttpLines())],
  dashboard: dashboardLines,
  throughput: throughputLines,
  handlers: handlersLines,
  memory: memoryLines,
  report: reportLines,
  repeats: repeatsLines,
  start: startLines,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
for (const name of names) {
  const bench = benches[name];
  if (!bench) {
    console.error(`No benchmark "${name}"; there are: ${Object.keys(benches).join(', ')}`);
    process.exit(1);
  }
  for (const line of await bench()) console.log(JSON.stringify(line));
}
