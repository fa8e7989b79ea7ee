import { expect } from 'chai';
import type { Shortcoming } from '../../src/db/entities/shortcoming.ts';
import { MessageEntity } from '../../src/db/entities/message.ts';
import { city, type CityPost } from './city.ts';
import type { Clock } from './clock.ts';
import { inbox } from './inbox.ts';
import { MessageInWork } from './message.ts';
import { people } from './people.ts';
import { theSystem, type System } from './system.ts';
import { openTask, stateOf, type OpenTask } from './tasks.ts';
import { eventually } from './wait.ts';
import { nextWorkday } from './workday.ts';

/** What a test of a path works with. */
export type Act = ReturnType<typeof actOn> & { system: System; clock: Clock };

/**
 * Starts a system before the tests of a suite: the one that all share, unless given. Each test begins at
 * 09:00 of a fresh working day by the engine's clock and fails when anything in the engine became an
 * incident.
 */
export function act(aSystem = theSystem): Act {
  const given = {} as Act;
  before('start the system', async function () {
    this.timeout(300_000);
    const system = await aSystem();
    Object.assign(given, actOn(system), { system, clock: system.clock });
  });
  beforeEach('a fresh working day', async function () {
    this.timeout(60_000);
    this.currentTest?.timeout(120_000);
    const day = await nextWorkday(given.system);
    // What is due since another day may need some milliseconds more, and has them at night.
    await given.clock.advanceTo(day.startOf('day'));
    await given.clock.advanceTo(day);
  });
  afterEach('no incidents', async function () {
    this.timeout(60_000);
    await given.system.steady();
    expect(given.system.view.incidents.splice(0)).to.deep.equal([]);
  });
  return given;
}

/** What people and the network do on a system. */
export function actOn(system: System) {
  const { db, view } = system;
  const otklik = {
    /** Waits until the process of a post's message runs. */
    async detected({ url }: Pick<CityPost, 'url'>): Promise<MessageInWork> {
      const row = await eventually(`${url} to be detected`, async () => {
        const found = await db.getRepository(MessageEntity).findOneBy({ url });
        return found?.processInstanceKey ? found : null;
      });
      return new MessageInWork(system, row);
    },

    /** Waits until the process of a message has ended. */
    ended: (message: MessageInWork, options: { nudging?: boolean } = {}) =>
      otklik.until('the process to end', message, () => message.hasEnded(), options),

    /** Waits until a task that was completed is there again. */
    refused: (task: OpenTask): Promise<OpenTask> =>
      openTask(system, { instance: task.instance, element: task.elementId, after: task }),

    firstShortcoming: (message: MessageInWork): Promise<Shortcoming> =>
      otklik.until('a shortcoming', message, async () => (await message.shortcomings())[0]),

    /**
     * Waits for a condition; `nudging` moves the clock on by seconds, so that jobs are tried again. It
     * moves only while nothing happens: a clock that moves in the midst of a job's failure can leave
     * the engine without the timer of its next try.
     */
    until: <T>(
      what: string,
      message: MessageInWork,
      check: () => T | Promise<T>,
      { nudging = false }: { nudging?: boolean } = {},
    ) => {
      let quiet = 0;
      return eventually(
        what,
        async () => {
          quiet = (await view.look()) === 0 ? quiet + 1 : 0;
          return check();
        },
        {
          explain: () => stateOf(system, message.instance),
          meanwhile: async () => {
            if (!nudging || quiet < 3 || view.postponed().length === 0) return;
            quiet = 0;
            await system.clock.nudge(5_000);
          },
        },
      );
    },
  };
  return { city: city(system), otklik, inbox: inbox(system), ...people(system) };
}
