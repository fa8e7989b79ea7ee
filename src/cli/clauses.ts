import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { elements } from '../engine/contract.ts';
import { clauses, type Clause } from '../procedure/clauses.ts';
import { findFiles } from './find-files.ts';

/** What stands for a clause in this project. */
interface Coverage extends Clause {
  elements: string[];
  handlers: string[];
  tests: string[];
}

/**
 * `otklik clauses`: for each clause the BPMN elements, handlers and tests that serve it; exit 1 when
 * a clause lacks elements or tests. A test serves the clauses that its title names: `… (clause 5)`.
 */
export function clausesCommand(): Command {
  return new Command('clauses')
    .description('чем исполнен каждый пункт Порядка: элементы схемы, обработчики, тесты')
    .option('--json', 'в машинном виде')
    .action(async ({ json }: { json?: true }) => {
      const coverage = await coverClauses();
      process.stdout.write(json ? `${JSON.stringify(coverage, null, 2)}\n` : asText(coverage));
      const bare = coverage.filter((it) => it.elements.length === 0 || it.tests.length === 0);
      if (bare.length > 0) process.exitCode = 1;
    });
}

async function coverClauses(): Promise<Coverage[]> {
  const tests = await testTitles();
  return clauses.map((clause) => {
    const serving = elements.filter((it) => it.clauses.includes(clause.number));
    return {
      ...clause,
      elements: serving.map((it) => it.id),
      handlers: [...new Set(serving.flatMap((it) => (it.jobType === null ? [] : [it.jobType])))],
      tests: tests.filter((it) => it.clauses.includes(clause.number)).map((it) => it.title),
    };
  });
}

const TITLE = /\b(?:describe|it)\(\s*(['"`])(.+?)\1,/gs;
const CLAUSES = /\(clauses? ([\d, and]+)\)/;

async function testTitles(): Promise<{ title: string; clauses: number[] }[]> {
  const titles: { title: string; clauses: number[] }[] = [];
  for (const file of await findFiles(['src', 'test', 'sandbox', 'stack'], '.test.ts')) {
    for (const [, , title = ''] of (await readFile(file, 'utf8')).matchAll(TITLE)) {
      const numbers = CLAUSES.exec(title)?.[1]?.match(/\d+/g) ?? [];
      if (numbers.length > 0)
        titles.push({ title: `${file}: ${title}`, clauses: numbers.map(Number) });
    }
  }
  return titles;
}

function asText(coverage: readonly Coverage[]): string {
  const list = (name: string, values: readonly string[]) =>
    `   ${name}: ${values.length > 0 ? values.join(', ') : '— нет'}\n`;
  return coverage
    .map(
      (it) =>
        `${it.number}. ${it.title}\n` +
        list('элементы', it.elements) +
        list('обработчики', it.handlers) +
        list('тесты', it.tests),
    )
    .join('\n');
}
