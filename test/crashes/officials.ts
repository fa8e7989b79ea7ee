import type { Task } from '../system/engine-view.ts';
import type { EngineClock } from './clock.ts';
import { dice, type Dice } from './dice.ts';
import type { World } from './world.ts';

/** What a person sends with a task, and the text by which it is known again. */
export interface Submission {
  /** Of the task. */
  key: number;
  instance: string;
  elementId: string;
  variables: Record<string, unknown>;
  /** Stands in the database once the submission was recorded; null: nothing to look for. */
  text: string | null;
}

/** The officials: each task gets one decision, however often its completion must be tried. */
export interface Officials {
  decide(task: Task): Promise<Submission | null>;
  submissions(): Submission[];
}

type Form = Record<string, unknown>;

/** What VK answers to a comment. */
interface Commented {
  response?: { comment_id: number };
  error?: { error_code: number };
}

const POST_NOT_FOUND = 15;

/** What an official needs to decide on a task. */
interface Desk {
  choose: Dice;
  /** No text is said twice. */
  says: (what: string) => string;
  see: (variable: string) => unknown;
  clock: EngineClock;
  /** Every way is shortened: the run comes to its end. */
  winding: boolean;
  /** Address of a message that another one may repeat; null: none is known. */
  original: string | null;
  /**
   * Publishes a text by hand, as the region's community, and gives its address; 'gone': the post is not
   * there any more, null: the network does not let us.
   */
  publish: (task: Task, text: string) => Promise<string | null>;
}

const AGENCIES = ['minzhkh', 'minobr', 'gzhi', 'mintrans', 'mintrud', 'minzdrav', 'bezopasnost'];

const FORMS: Record<string, (desk: Desk, task: Task) => Form | null | Promise<Form | null>> = {
  triage: ({ choose, says, winding, original }) => {
    const decision = choose.weighted({
      take: 80,
      'not-relevant': 12,
      duplicate: original ? 12 : 0,
    });
    const several = choose.weighted({ 1: 55, 2: 37, 3: 8 });
    return {
      decision,
      agencies: decision === 'take' ? choose.shuffled(AGENCIES).slice(0, Number(several)) : [],
      topic: 'heating',
      kind: 'complaint',
      municipality: 'smolensk',
      urgent: !winding && choose.chance(0.15),
      note: says('Указания'),
      reason: says('Причина'),
      duplicateOf: decision === 'duplicate' ? original : null,
      answerHere: decision === 'duplicate' && choose.chance(0.75),
    };
  },
  'appoint-agency': ({ choose }) => ({ decision: 'assign', agencyCode: choose.pick(AGENCIES) }),
  'prepare-draft': ({ choose, says, winding }) =>
    winding || choose.chance(0.75)
      ? { outcome: 'draft', text: says('Проект ответа'), grounds: null, competentAgency: null }
      : {
          outcome: 'return',
          text: null,
          grounds: says('Это не наша компетенция'),
          competentAgency: choose.chance(0.5) ? choose.pick(AGENCIES) : null,
        },
  'review-return': ({ choose, says, winding }) => {
    const decision = choose.weighted({ redirect: winding ? 0 : 40, refuse: 35, drop: 25 });
    const agencyCode = decision === 'redirect' ? choose.pick(AGENCIES) : null;
    return { decision, agencyCode, note: says('Решение по возврату') };
  },
  'compose-answer': ({ says }) => ({ text: says('Ответ') }),
  'review-answer': ({ choose, says, see, winding }) => {
    // The answer of a repeat's original has none.
    const parts = (see('partOptions') ?? []) as { value: string }[];
    const decision =
      see('formatOk') === true && winding
        ? 'publish'
        : choose.weighted({ publish: 58, rework: parts.length > 0 ? 22 : 0, edit: 12, close: 8 });
    const fault = choose.chance(decision === 'rework' ? 0.3 : 0.08);
    const chosen = choose.shuffled(parts).slice(0, choose.int(1, Math.max(1, parts.length)));
    return {
      decision,
      reworkAssignments: decision === 'rework' || fault ? chosen.map(({ value }) => value) : [],
      remarks: says('Замечания'),
      fault: fault && parts.length > 0 ? says('Недостаток') : null,
    };
  },
  'publish-manually': async ({ see, says, publish }, task) => {
    const link = await publish(task, String(see('answerText')));
    if (link === 'gone') return { outcome: 'gone', link: null, note: says('Запись удалена') };
    return link === null ? null : { outcome: 'published', link, note: null };
  },
  'decide-gone': ({ says }) => ({ decision: 'close', note: says('Запись удалена') }),
  'rework-draft': ({ says }) => ({ text: says('Доработанный проект') }),
  'consider-shortcoming': ({ choose, says, clock }) => ({
    decision: choose.pick(['instruction', 'measure', 'unfounded']),
    text: says('Решение'),
    remedyDueAt: clock
      .now()
      .plus({ days: choose.int(0, 2) })
      .toISODate(),
  }),
  'remedy-shortcoming': ({ says }) => ({ text: says('Устранено') }),
  'confirm-urgent': ({ choose, says }) => ({
    decision: choose.weighted({ confirm: 3, reject: 1 }),
    note: says('Пояснение'),
  }),
  'check-monthly-data': () => ({ decision: 'approve', remarks: null }),
};

/** Where the text of a decision is kept, so that its loss or doubling can be seen. */
const TEXTS: Record<string, string> = {
  'prepare-draft': 'text',
  'compose-answer': 'text',
  'rework-draft': 'text',
  'consider-shortcoming': 'text',
  'remedy-shortcoming': 'text',
  'review-answer': 'remarks',
};

export function createOfficials(
  seed: number,
  world: World,
  ask: { winding: () => boolean; original: (task: Task) => string | null },
): Officials {
  const { clock, sandbox } = world;
  const known = new Map<number, Submission>();
  let said = 0;

  async function publish({ key, instance }: Task, text: string): Promise<string | null> {
    const post = postOf(instance);
    if (post === null) return null;
    const body = new URLSearchParams({
      access_token: sandbox.vk.options.groupToken,
      v: '5.199',
      owner_id: String(post.owner_id),
      post_id: String(post.id),
      from_group: String(sandbox.vk.options.official.id),
      message: text,
      guid: `by hand ${key}`,
    });
    const answer = await fetch(`${sandbox.vk.url}/method/wall.createComment`, {
      method: 'POST',
      body,
    })
      .then((response) => response.json() as Promise<Commented>)
      .catch(() => null);
    if (answer?.error?.error_code === POST_NOT_FOUND) return 'gone';
    const id = answer?.response?.comment_id;
    return id === undefined ? null : sandbox.vk.permalink(post, id);
  }

  /** The post that a process is about, by the link in its card. */
  function postOf(instance: string): { owner_id: number; id: number } | null {
    const task = world.view.tasks(instance)[0];
    const found = /wall(-?\d+)_(\d+)/.exec(task ? String(world.view.variable(task, 'card')) : '');
    return found ? { owner_id: Number(found[1]), id: Number(found[2]) } : null;
  }

  return {
    submissions: () => [...known.values()],
    async decide(task) {
      const before = known.get(task.key);
      if (before) return before;
      const form = FORMS[task.elementId];
      if (!form) throw new Error(`nobody knows what to do with the task ${task.elementId}`);
      const variables = await form(
        {
          choose: dice(seed, task.elementId, known.size),
          says: (what) => `${what} № ${++said}.`,
          see: (variable) => world.view.variable(task, variable),
          clock,
          winding: ask.winding(),
          original: ask.original(task),
          publish,
        },
        task,
      );
      if (variables === null) return null;
      const { key, instance, elementId } = task;
      // The date of an instruction may be over when the engine takes it at last.
      const mayBeRefused = variables['decision'] === 'instruction';
      const text = mayBeRefused ? null : variables[TEXTS[elementId] ?? ''];
      const submission = {
        key,
        instance,
        elementId,
        variables,
        text: typeof text === 'string' ? text : null,
      };
      known.set(key, submission);
      return submission;
    },
  };
}
