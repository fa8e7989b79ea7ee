import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { expect } from 'chai';

const CLI = join(import.meta.dirname, '..', 'cli.ts');

/** Runs `otklik` as its users do. */
async function otklik(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...words]);
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { out, err, code: child.exitCode };
}

interface Coverage {
  number: number;
  elements: string[];
  handlers: string[];
  tests: string[];
}

describe('otklik', () => {
  it('clauses finds elements, handlers and tests of every clause', async () => {
    const { out, err, code } = await otklik('clauses', '--json');
    const coverage = JSON.parse(out) as Coverage[];
    expect(coverage.map(({ number }) => number)).to.deep.equal(
      [...Array(15).keys()].map((it) => it + 1),
    );
    const bare = coverage.filter(
      ({ elements, tests }) => elements.length === 0 || tests.length === 0,
    );
    expect(bare).to.deep.equal([]);
    expect([code, err]).to.deep.equal([0, '']);
    const five = coverage[4];
    expect(five?.elements).to.include('return-window-closes');
    expect(five?.handlers).to.include('record-return');
  });

  it('says what is wrong with its input and exits with 1, without a trace', async () => {
    const { out, err, code } = await otklik('report', '--month', '2026-13', '--out', 'nowhere');
    expect([out, err, code]).to.deep.equal([
      '',
      '--month 2026-13: нужен месяц, например 2026-10\n',
      1,
    ]);
  });
});
