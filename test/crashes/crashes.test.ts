import { expect } from 'chai';
import { assertNothingLeft, handlesNow } from '../system/leftovers.ts';
import { crashRun } from './run.ts';

describe('A system whose parts are killed at random moments', () => {
  it('loses nothing, publishes and tells nothing twice, changes no clock (clauses 2, 4, 6, 8, 12)', async function () {
    this.timeout(900_000);
    const handles = handlesNow();
    const lines: string[] = [];
    const { counted, faults } = await crashRun({
      seed: 519,
      counts: { application: 3, broker: 1, postgres: 1, opensearch: 1 },
      processes: 2,
      say: (line) => lines.push(line),
    });
    expect(faults, [...lines, ...faults].join('\n')).to.be.empty;
    expect(counted['posts']).to.be.greaterThan(10);
    await assertNothingLeft(handles);
  });
});
