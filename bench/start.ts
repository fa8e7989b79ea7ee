import { npmStart } from '../test/browser/start.ts';
import { round, type Line } from './line.ts';

/** A start with the parts fetched and a data folder in use, from the command to the welcome. */
export async function startLines(): Promise<Line[]> {
  const system = await npmStart();
  try {
    const { startedInMs } = await system.restart();
    return [
      {
        name: 'warm start',
        value: round(startedInMs / 1_000),
        unit: 's',
        ratio: null,
        against: null,
        note: '`npm start`, everything with the sandbox, until a post would be taken in',
      },
    ];
  } finally {
    await system.stop();
  }
}
