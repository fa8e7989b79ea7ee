import type { Principal } from '../access/principal.ts';
import type { Message } from '../db/entities/message.ts';

/** Where somebody goes on with a message that is in work: its tasks, and its process for those who run it. */
export function waysTo(
  { processInstanceKey, finishedAt }: Pick<Message, 'processInstanceKey' | 'finishedAt'>,
  tasklistUrl: string,
  principal: Principal | null,
): [name: string, address: string][] {
  if (processInstanceKey === null) return [];
  return [
    ...(finishedAt === null
      ? [['Задачи в Tasklist', tasksOf(tasklistUrl, processInstanceKey)] as [string, string]]
      : []),
    ...(principal !== null && runsProcesses(principal)
      ? [['Процесс в Operate', processesIn(tasklistUrl, processInstanceKey)] as [string, string]]
      : []),
  ];
}

/** The open tasks of one process: the key of a task is known to the engine alone. */
export const tasksOf = (tasklistUrl: string, processInstanceKey: string): string =>
  `${tasklistUrl}/tasklist?filter=all-open&processInstanceKey=${processInstanceKey}`;

/** Whether somebody has business in Operate. */
export const runsProcesses = ({ role }: Principal): boolean =>
  ['curator', 'department-head'].includes(role);

/** A process in Operate. */
export const processesIn = (tasklistUrl: string, processInstanceKey: string): string =>
  `${tasklistUrl}/operate/processes/${processInstanceKey}`;
