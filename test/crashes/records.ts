import type { Hook } from '../../sandbox/hooks/hooks.ts';
import type { Mail } from '../../sandbox/mail/mailbox.ts';
import { DeadlineEntity, type Deadline } from '../../src/db/entities/deadline.ts';
import type { World } from './world.ts';

/** What was seen while the run went on, to be held against the end. */
export interface Records {
  /** Each clock as it was when first seen. */
  clocks: Map<string, Deadline>;
  mails: Map<number, Mail>;
  hooks: Map<number, Hook>;
  /** Keeps what is new; what cannot be seen now is seen the next time. */
  look(): Promise<void>;
}

export function createRecords({ db, sandbox }: World): Records {
  const it: Records = {
    clocks: new Map(),
    mails: new Map(),
    hooks: new Map(),
    async look() {
      for (const mail of sandbox.mail.messages()) it.mails.set(mail.id, mail);
      for (const hook of sandbox.hooks.messages()) it.hooks.set(hook.id, hook);
      const clocks = await db
        .getRepository(DeadlineEntity)
        .find()
        .catch(() => []);
      for (const clock of clocks) if (!it.clocks.has(clock.id)) it.clocks.set(clock.id, clock);
    },
  };
  return it;
}
