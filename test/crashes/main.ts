/**
 * `npm run -s crashes -- --seed 1`: runs the whole system, kills its parts at moments that the seed
 * chooses, and compares what is left. Ends with 1 when anything does not agree.
 */
import { Command, InvalidArgumentError } from 'commander';
import { crashRun } from './run.ts';

const whole = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw new InvalidArgumentError('a whole number from 0 is needed.');
  }
  return number;
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('crashes')
  .description('Kills the application, the engine, the database at random moments and compares')
  .option('--seed <number>', 'the same seed makes the same plan', whole, 1)
  .option('--application <times>', 'how often a process of the application is killed', whole, 20)
  .option('--broker <times>', 'how often the engine', whole, 5)
  .option('--postgres <times>', 'how often PostgreSQL', whole, 5)
  .option('--opensearch <times>', 'how often OpenSearch', whole, 5)
  .option('--processes <number>', 'processes of the application at once', whole, 2)
  .parse();

const { seed, processes, ...counts } = program.opts<{
  seed: number;
  processes: number;
  application: number;
  broker: number;
  postgres: number;
  opensearch: number;
}>();
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupt.abort());
}
const { signal } = interrupt;
const { counted, faults } = await crashRun({ seed, counts, processes, say, signal });
say(
  `compared: ${Object.entries(counted)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')}`,
);
for (const fault of faults) say(`✗ ${fault}`);
say(
  faults.length === 0
    ? '✓ nothing lost, nothing doubled, no clock changed'
    : `${faults.length} faults`,
);
process.exit(faults.length === 0 ? 0 : 1);
