import type { Task } from './engine-view.ts';
import type { System } from './system.ts';
import { eventually } from './wait.ts';

/** A task as its person sees it. */
export interface OpenTask extends Task {
  see(variable: string): unknown;
}

/** Which task is meant. */
export interface TaskQuery {
  instance: string;
  element: string;
  assignee?: string;
  /** Not this one but the one that opened after it. */
  after?: Task;
}

/** Waits until a task is there. */
export async function openTask(system: System, query: TaskQuery): Promise<OpenTask> {
  const { view } = system;
  const task = await eventually(
    `the task ${query.element} of ${query.assignee ?? 'the group'}`,
    async () => {
      await view.look();
      return view
        .tasks(query.instance)
        .find(
          ({ key, elementId, assignee }) =>
            elementId === query.element &&
            (query.assignee ?? assignee) === assignee &&
            key > (query.after?.key ?? 0),
        );
    },
    { explain: () => stateOf(system, query.instance) },
  );
  // Its variables may become visible a little later than the task.
  await view.look();
  return { ...task, see: (variable) => view.variable(task, variable) };
}

/** Completes a task as Tasklist does: whatever `variables` holds goes to the engine. */
export async function complete(system: System, task: Task, variables: unknown): Promise<void> {
  const response = await fetch(
    `${system.stack.urls.brokerRest}/v2/user-tasks/${task.key}/completion`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables }),
    },
  );
  if (!response.ok) throw new Error(`${task.elementId}: ${await response.text()}`);
  await eventually(`the task ${task.elementId} to close`, async () => {
    await system.view.look();
    return system.view.isDone(task.key);
  });
}

/** What to tell when a test waited in vain. */
export function stateOf({ view, clock }: System, instance: string): string {
  const tasks = view.tasks(instance).map((task) => `${task.elementId} (${task.assignee})`);
  return [
    `engine's time: ${clock.now().toISO()}`,
    `open tasks: ${tasks.join(', ')}`,
    `passed: ${view.passed(instance).join(', ')}`,
    `jobs: ${view.jobs().join(', ')}; postponed: ${view.postponed().join(', ')}`,
    `incidents: ${view.incidents.join('\n')}`,
  ].join('\n');
}
