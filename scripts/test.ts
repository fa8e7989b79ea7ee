/**
 * `npm test`: every check and every test; the last line says how many passed and failed. Node runs it
 * without `require` of modules: Mocha would load some tests by that and the others by `import`, and what
 * they share, like the stack, twice.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Mocha from 'mocha';
import { findFiles } from '../src/cli/find-files.ts';

const CHECKS: Record<string, string[]> = {
  'The code is formatted': ['prettier', '--check', '--log-level', 'warn', '.'],
  'ESLint finds nothing': ['eslint', '.'],
  'TypeScript finds nothing': ['tsc', '--noEmit', '-p', '.'],
  'TypeScript finds nothing in the front-end': ['tsc', '--noEmit', '-p', 'web'],
  'The layers hold': [
    'depcruise',
    'src',
    'sandbox',
    'stack',
    '--config',
    '.dependency-cruiser.json',
  ],
  'The diagram fits the local engine, 8.6': ['bpmnlint', 'bpmn/procedure.bpmn'],
  'The diagram fits the next engine, 8.9': [
    'bpmnlint',
    '-c',
    '.bpmnlintrc-8-9',
    'bpmn/procedure.bpmn',
  ],
  'The contract matches the diagram': ['tsx', 'scripts/contract.ts', '--check'],
  'The picture matches the diagram': ['tsx', 'scripts/picture.ts', '--check'],
};

async function check([command = '', ...args]: string[]): Promise<boolean> {
  const child = spawn('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}

async function runTests(): Promise<{ passes: number; failures: number }> {
  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true });
  for (const file of await findFiles(['src', 'stack', 'sandbox', 'test'], '.test.ts')) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats ?? { passes: 0, failures: 1 }));
  });
}

let passed = 0;
let failed = 0;
for (const [name, command] of Object.entries(CHECKS)) {
  const ok = await check(command);
  console.log(`${ok ? '✓' : '✗'} ${name}`);
  if (ok) passed += 1;
  else failed += 1;
}
const tests = await runTests();
passed += tests.passes;
failed += tests.failures;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && tests.passes > 0 ? 0 : 1);
