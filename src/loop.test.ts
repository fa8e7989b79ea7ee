import { expect } from 'chai';
import { until } from '../test/until.ts';
import { log } from './log.ts';
import { startLoop, type Loop } from './loop.ts';

describe('A loop', () => {
  let loop: Loop | undefined;
  let said: string[];
  const { info, warn } = log;
  beforeEach(() => {
    said = [];
    log.info = log.warn = (_fields: object, text?: string) => void said.push(text ?? '');
  });
  afterEach(async () => {
    await loop?.stop();
    Object.assign(log, { info, warn });
  });

  it('repeats its step, one at a time', async () => {
    let running = 0;
    let most = 0;
    let steps = 0;
    loop = startLoop('test: steps', 0, async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      steps += 1;
    });
    await until(() => steps >= 10);
    expect(most).to.equal(1);
  });

  it('goes on after failures, and the log says so once', async () => {
    let steps = 0;
    loop = startLoop('test: failures', 0, () => {
      steps += 1;
      return steps <= 2 ? Promise.reject(new Error('away')) : Promise.resolve();
    });
    await until(() => steps >= 5);
    expect(said).to.deep.equal(['does not work, trying again', 'works again']);
  });

  it('stops after the step in hand, which is told', async () => {
    let ended = false;
    let steps = 0;
    loop = startLoop('test: stop', 0, async (signal) => {
      steps += 1;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      ended = true;
    });
    await until(() => steps);
    await loop.stop();
    expect({ ended, steps }).to.deep.equal({ ended: true, steps: 1 });
  });

  it('stops at once while it waits', async () => {
    let steps = 0;
    loop = startLoop('test: pause', 3_600_000, () => Promise.resolve((steps += 1)));
    await until(() => steps);
    await loop.stop();
    await loop.stop();
    expect(steps).to.equal(1);
  });
});
