import { exportedRecords, type EngineRecord, type Value } from './exported.ts';

/** A user task that waits for its person. */
export interface Task {
  key: number;
  elementId: string;
  elementInstanceKey: number;
  instance: string;
  /** Empty: anybody of the group. */
  assignee: string;
}

interface Element {
  id: string;
  type: string;
  scope: number;
  state: string;
}

const OVER: Record<string, readonly string[]> = {
  JOB: ['COMPLETED', 'CANCELED', 'ERROR_THROWN'],
  TIMER: ['TRIGGERED', 'CANCELED'],
  USER_TASK: ['COMPLETED', 'CANCELED'],
};

/** What the engine's records say of it; `look` brings it up to date. */
export class EngineView {
  /** Incidents since this was emptied. */
  readonly incidents: string[] = [];
  readonly #read: () => Promise<EngineRecord[]>;
  readonly #tasks = new Map<number, Task>();
  readonly #done = new Set<number>();
  readonly #jobs = new Map<number, { type: string; instance: string; again: number | null }>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Map<number, { due: number; element: string }>();
  readonly #elements = new Map<number, Element & { instance: string }>();
  readonly #variables = new Map<number, Map<string, unknown>>();

  constructor(opensearch: string) {
    this.#read = exportedRecords(opensearch);
  }

  /** Reads what is new; tells how many records that were. */
  async look(): Promise<number> {
    const records = await this.#read();
    for (const record of records) this.#take(record);
    return records.length;
  }

  tasks(instance?: string): Task[] {
    return [...this.#tasks.values()].filter((task) => !instance || task.instance === instance);
  }

  /** Whether the engine closed the task. */
  isDone = (taskKey: number): boolean => this.#done.has(taskKey);

  /** Jobs that neither ended nor wait for another try. */
  jobs = (): string[] =>
    [...this.#jobs.values()].filter(({ again }) => again === null).map(({ type }) => type);

  /** Jobs that failed and are tried again later by the engine's clock. */
  postponed = (): string[] =>
    [...this.#jobs.values()].filter(({ again }) => again !== null).map(({ type }) => type);

  /** Of these, the jobs whose next try should have come by `now`, epoch milliseconds. */
  dueTries = (now: number): string[] =>
    [...this.#jobs.values()]
      .filter(({ again }) => again !== null && again <= now)
      .map(({ type }) => type);

  /** How often jobs of an instance failed so far. */
  tries = (instance: string): number => this.#failures.get(instance) ?? 0;

  /** Timers that should have fired by `now`, epoch milliseconds. */
  dueTimers = (now: number): string[] =>
    [...this.#timers.values()]
      .filter(({ due }) => due <= now)
      .map(({ due, element }) => `${element} ${new Date(due).toISOString()}`);

  /** A variable as a task sees it: its own, else that of the nearest scope around it. */
  variable(task: Task, name: string): unknown {
    for (
      let scope: number | undefined = task.elementInstanceKey;
      scope !== undefined && scope > 0;
    ) {
      const variables = this.#variables.get(scope);
      if (variables?.has(name)) return variables.get(name);
      scope = this.#elements.get(scope)?.scope;
    }
    return undefined;
  }

  /** Process instances that got the variable `name` with this value at their start or later. */
  instancesWith(name: string, value: unknown): string[] {
    const instances = [...this.#variables].flatMap(([scope, variables]) => {
      const instance = this.#elements.get(scope)?.instance;
      return instance !== undefined && variables.get(name) === value ? [instance] : [];
    });
    return [...new Set(instances)];
  }

  instancesOf = (process: string): string[] =>
    [...this.#elements.values()]
      .filter(({ id, type }) => type === 'PROCESS' && id === process)
      .map(({ instance }) => instance);

  /** Elements that an instance passed, in order. */
  passed = (instance: string): string[] =>
    [...this.#elements.values()]
      .filter((element) => element.instance === instance && element.state === 'ELEMENT_COMPLETED')
      .map(({ id }) => id);

  hasEnded = (instance: string): boolean => {
    const state = this.#elements.get(Number(instance))?.state;
    return state === 'ELEMENT_COMPLETED' || state === 'ELEMENT_TERMINATED';
  };

  #take({ key, valueType, intent, value }: EngineRecord): void {
    const over = OVER[valueType]?.includes(intent) ?? false;
    switch (valueType) {
      case 'USER_TASK':
        if (over) this.#done.add(key);
        if (over) this.#tasks.delete(key);
        // From 8.8 on a task is created first and assigned after.
        else if (intent === 'CREATED' || intent === 'ASSIGNED') {
          this.#tasks.set(key, taskOf(key, value));
        }
        break;
      case 'JOB':
        if (over) this.#jobs.delete(key);
        else {
          const instance = String(value.processInstanceKey);
          if (intent === 'FAILED') this.#failures.set(instance, this.tries(instance) + 1);
          const next = value.retries > 0 ? value.recurringTime : Infinity;
          const again = intent === 'FAILED' ? next : null;
          this.#jobs.set(key, { type: value.type, instance, again });
        }
        break;
      case 'TIMER':
        if (over) this.#timers.delete(key);
        else if (intent === 'CREATED') {
          this.#timers.set(key, { due: value.dueDate, element: value.targetElementId });
        }
        break;
      case 'VARIABLE':
        if (!this.#variables.has(value.scopeKey)) this.#variables.set(value.scopeKey, new Map());
        this.#variables.get(value.scopeKey)?.set(value.name, JSON.parse(value.value));
        break;
      case 'PROCESS_INSTANCE':
        this.#elements.set(key, {
          id: value.elementId,
          type: value.bpmnElementType,
          scope: value.flowScopeKey,
          instance: String(value.processInstanceKey),
          state: intent,
        });
        break;
      case 'INCIDENT':
        if (intent === 'CREATED') {
          this.incidents.push(`${value.bpmnProcessId}/${value.elementId}: ${value.errorMessage}`);
        }
        break;
    }
  }
}

const taskOf = (key: number, value: Value): Task => ({
  key,
  elementId: value.elementId,
  elementInstanceKey: value.elementInstanceKey,
  instance: String(value.processInstanceKey),
  assignee: value.assignee,
});
